"""Requests about numbers: sort, extract, calculate. Computed with fractions, so nothing is rounded."""

import re
from collections.abc import Callable
from fractions import Fraction
from random import Random

from curation.generators.variation.skill import Skill, asked
from curation.generators.variation.skills_of_text import sentence

NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
LISTED = re.compile(rf"{NUMBER.pattern}(?:, {NUMBER.pattern})+")
PRODUCT = re.compile(r"(\d+) ([+*-]) (\d+)")

FALLING = r".*(?:descending|decreasing|(?:largest|biggest|greatest) to smallest|highest to lowest).*"


def written(value: Fraction) -> str:
    """A number in as few digits as say it exactly.

    Raises:
        ValueError: its decimals never end, or there are more than four.

    >>> written(Fraction(5, 2)), written(Fraction(4))
    ('2.5', '4')
    """
    if value.denominator == 1:
        return str(value.numerator)
    if 10_000 % value.denominator:
        raise ValueError("too many decimals")
    digits = f"{abs(int(value * 10_000)):05d}"
    return f"{'-' if value < 0 else ''}{digits[:-4]}.{digits[-4:].rstrip('0')}"


def numbers(text: str) -> list[str]:
    """The numbers of a list with commas.

    Raises:
        ValueError: it is no such list.
    """
    if not LISTED.fullmatch(text.strip()):
        raise ValueError("not a list of numbers")
    return text.strip().split(", ")


def drawn(random: Random) -> str:
    """Four to eight different whole numbers."""
    return ", ".join(map(str, random.sample(range(1, 200), random.randint(4, 8))))


def _sorted(text: str, *, falling: bool) -> str:
    return ", ".join(sorted(numbers(text), key=Fraction, reverse=falling))


def _of_all(compute: Callable[[list[Fraction]], Fraction]) -> Callable[[str], str]:
    return lambda text: written(compute([Fraction(one) for one in numbers(text)]))


def _product(values: list[Fraction]) -> Fraction:
    whole = Fraction(1)
    for value in values:
        whole *= value
    return whole


def _even_mean(random: Random) -> str:
    """Four or five numbers, the last one chosen so that the mean is whole."""
    some = random.sample(range(1, 100), random.randint(3, 4))
    last = -sum(some) % (len(some) + 1)
    return ", ".join(map(str, [*some, last + (len(some) + 1) * random.randint(1, 12)]))


def _expression(random: Random) -> str:
    return f"{random.randint(2, 99)} {random.choice('+-*')} {random.randint(2, 99)}"


def _evaluated(text: str) -> str:
    found = PRODUCT.fullmatch(text.strip())
    if found is None:
        raise ValueError("not two numbers and a sign")
    left, sign, right = int(found[1]), found[2], int(found[3])
    return str({"+": left + right, "-": left - right, "*": left * right}[sign])


def _extracted(text: str) -> str:
    found = NUMBER.findall(text)
    if not found:
        raise ValueError("no number")
    return ", ".join(found)


def _two_numbers(random: Random) -> str:
    return f"{sentence(random)} They cost {random.randint(10, 999)} coins on day {random.randint(1, 28)}."


SORTING = (
    Skill(
        "sort rising",
        "sort",
        ("Sort the numbers from smallest to largest.", "Put these numbers in ascending order."),
        asked(rf"(?!{FALLING}).*(?:sort|order|arrange).*"),
        drawn,
        lambda text: _sorted(text, falling=False),
    ),
    Skill(
        "sort falling",
        "sort",
        ("Sort the numbers from largest to smallest.", "Put these numbers in descending order."),
        asked(FALLING),
        drawn,
        lambda text: _sorted(text, falling=True),
    ),
)
EXTRACTING = (
    Skill(
        "extract numbers",
        "extract",
        ("List all numbers in the text, separated by commas.", "Which numbers does the text contain?"),
        asked(r".*(?:extract|find|list|which|what|identify).*\bnumbers\b.*"),
        _two_numbers,
        _extracted,
    ),
)
ARITHMETIC = (
    Skill(
        "sum",
        "arithmetic",
        ("Add up the numbers.", "What is the sum of these numbers?", "Compute the total."),
        asked(r".*\b(?:sum|add|total)\b.*"),
        drawn,
        _of_all(lambda values: sum(values, Fraction())),
    ),
    Skill(
        "product",
        "arithmetic",
        ("Multiply the numbers.", "What is the product of these numbers?"),
        asked(r".*\b(?:product|multiply)\b.*"),
        lambda random: ", ".join(map(str, random.sample(range(2, 13), 3))),
        _of_all(_product),
    ),
    Skill(
        "mean",
        "arithmetic",
        ("Give the average of the numbers.", "What is the mean of these numbers?"),
        asked(r".*\b(?:average|mean)\b.*"),
        _even_mean,
        _of_all(lambda values: sum(values, Fraction()) / len(values)),
    ),
    Skill(
        "largest",
        "arithmetic",
        ("Which of the numbers is the largest?", "Give the maximum of these numbers."),
        asked(r".*\b(?:largest|biggest|highest|greatest|maximum|max)\b.*"),
        drawn,
        _of_all(max),
    ),
    Skill(
        "smallest",
        "arithmetic",
        ("Which of the numbers is the smallest?", "Give the minimum of these numbers."),
        asked(r".*\b(?:smallest|lowest|least|minimum|min)\b.*"),
        drawn,
        _of_all(min),
    ),
    Skill(
        "expression",
        "arithmetic",
        ("Calculate the result.", "Work out the value of the expression.", "What does this come to?"),
        asked(
            r"(?!.*\b(?:sum|add|total|product|multiply)\b)"
            r".*\b(?:calculate|compute|evaluate|solve|work out|result|value|come to)\b.*"
        ),
        _expression,
        _evaluated,
    ),
)
