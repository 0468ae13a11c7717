"""One thing that can be computed: how it is asked for, what it is asked about and the right answer."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Literal

Family = Literal["sort", "count", "reverse", "case", "extract", "arithmetic", "units", "dates", "lists"]

KNOWN = (
    "a add all alphabetical alphabetically alphabetic amount an and answer are arithmetic arrange array as "
    "ascending average backwards be between biggest bullet bulleted by calculate calculation calculations can "
    "capital capitalise capitalize caps case change characters come comma commas compute contain contains "
    "convert could count date dates day days dd decreasing descending determine do does each element elements "
    "entries evaluate every express expression extract fall falls find first following for format from get give "
    "given greatest has have highest how hyphens i identify in increasing input integers into is iso it item "
    "items its json largest last letter letters like line list lower lowercase lowest make many math "
    "mathematical max maximum me mean mentioned min minimum mm month much multiply my name need new number "
    "numbered numbers of on one order ordered out output own per phrase please points print problem product "
    "provide provided put rank rearrange reorder result return reverse reversed rewrite sentence separate "
    "separated sequence series set show small smallest solve sort sorted string strings sum task tell text that "
    "the them there these this title to total transform turn up upper uppercase using value values vowels week "
    "weekday what which with word words work works would write you your yyyy z below"
)
NEUTRAL = frozenset(KNOWN.split())
"""The words that an instruction may have and still ask for nothing but the plain thing. Any other word (a number, a
kind such as vegetables, a condition such as odd or unique) could ask for what the new inputs are not."""


@dataclass(frozen=True)
class Skill:
    """A kind of request whose answer follows from its input by rule.

    Args:
        name: two or three words, unique.
        family: the group that a reader chooses.
        phrasings: instructions for samples made from scratch.
        pattern: instructions of a pool that may ask for it; whether one does is settled by its own answer.
        draw: a new input.
        solve: the answer to an input; ValueError where the input is of another kind.
        terms: further words that an instruction of this kind may have, in small letters.
    """

    name: str
    family: Family
    phrasings: tuple[str, ...]
    pattern: re.Pattern[str]
    draw: Callable[[Random], str]
    solve: Callable[[str], str]
    terms: str = ""


def asked(pattern: str) -> re.Pattern[str]:
    """A pattern for instructions, in any letter case."""
    return re.compile(pattern, re.IGNORECASE | re.DOTALL)


def is_plain(instruction: str, also: str = "") -> bool:
    """Whether it has neutral words only, and those in `also`.

    >>> is_plain("Sort these words alphabetically."), is_plain("Sort the vegetables alphabetically.")
    (True, False)
    """
    return not set(re.findall(r"[^\W_]+", instruction.lower())) - NEUTRAL - set(also.split())


def agrees(skill: Skill, given: str, answer: str) -> bool:
    """Whether a sample's own answer is the one that the skill computes: only then is the request understood.

    Case and layout count, because the new answers will have them; white space at the ends and a last stop do not.
    """
    try:
        return skill.solve(given).strip().removesuffix(".") == answer.strip().removesuffix(".")
    except ValueError:
        return False
