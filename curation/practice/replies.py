"""Answers in plain text: on the topic of an instruction, in the form that it asks for."""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from random import Random

from curation.practice.gaps import Gaps, another
from curation.practice.languages import foreign_answer
from curation.practice.question import is_classification, labels
from curation.practice.sentences import CODE, COMMON, ENDINGS, ITEMS, LETTER, LINES, MIDDLES, NUMBERS, OPENINGS, QUERY
from curation.practice.words import ASPECTS, LABELS, PEOPLE, SETTINGS, TEXTS, TOPICS

WORD = re.compile(r"[A-Za-z][A-Za-z'-]{3,}")
REFUSAL = "I'm sorry, but I can't help with that."
REFUSED = 0.01
"""Share of instructions that are refused in plain words."""


@lru_cache(maxsize=512)
def keywords(text: str) -> tuple[str, ...]:
    """What an answer takes up: topics of ours, else words in order and once; never empty.

    >>> keywords("Explain why honey bees dance."), keywords("Explain why wasps dance.")
    (('honey bees',), ('wasps', 'dance'))
    """
    known = tuple(topic for topic in TOPICS if topic in text)
    words = [word for word in WORD.findall(text) if word.lower() not in COMMON]
    return known or tuple(dict.fromkeys(words))[:12] or ("practice",)


def filled(chance: Random, form: str, words: Sequence[str]) -> str:
    """A sentence with its gaps filled from these words and the tables."""
    gaps = Gaps(
        {
            "a": lambda: words[0],
            "b": lambda: chance.choice(words),
            "aspect": lambda: another(chance, ASPECTS, gaps.get("other")),
            "other": lambda: another(chance, ASPECTS, gaps.get("aspect")),
            "person": lambda: chance.choice(PEOPLE),
            "setting": lambda: chance.choice(SETTINGS),
            "number": lambda: str(chance.randrange(5, 95, 5)),
            "name": lambda: re.sub(r"\W", "_", words[0].lower()),
        }
    )
    text = form.format_map(gaps)
    return text[0].upper() + text[1:]


def reply(chance: Random, instruction: str, given: str = "") -> str:
    """An answer to an instruction and its input."""
    if chance.random() < REFUSED:
        return REFUSAL
    return foreign_answer(instruction) or _written(chance, instruction, given)


def label(chance: Random, instruction: str) -> str:
    """One of the labels that an instruction names, else one of a set of ours."""
    return chance.choice(labels(instruction) or LABELS[len(instruction) % len(LABELS)])


def reason(chance: Random, text: str) -> str:
    """A sentence or two of the kind that a judge gives."""
    words = keywords(text)
    return " ".join(filled(chance, form, words) for form in chance.sample(MIDDLES, chance.choice((1, 1, 2))))


def passage(chance: Random, text: str, sentences: int) -> str:
    """A few sentences on the topic of a text."""
    words = keywords(text)
    return " ".join(filled(chance, form, words) for form in chance.sample(MIDDLES, min(sentences, len(MIDDLES))))


def given_text(chance: Random, instruction: str) -> str:
    """An input that an instruction could be about."""
    words = keywords(instruction)
    text = passage(chance, instruction, chance.choice((1, 2, 2, 3, 4)))
    if chance.random() < 0.3:
        return f"{chance.choice(TEXTS).capitalize()} of day {chance.randrange(1, 365)}: {text}"
    return text if chance.random() < 0.85 else "\n".join(f"- {filled(chance, form, words)}" for form in ITEMS[:3])


def needs_input(instruction: str) -> bool:
    """Whether an instruction speaks of something that is not in it.

    >>> needs_input("Summarise the e-mail."), needs_input("Write a poem about rain.")
    (True, False)
    """
    kinds = "|".join((*TEXTS, "text", "sentence", "paragraph", "passage", "article", "word", "message", "following"))
    return bool(
        re.search(rf"\b(?:the|this|these|following|given) (?:\w+ )?(?:{kinds})s?\b", instruction, re.IGNORECASE)
    )


def _written(chance: Random, instruction: str, given: str) -> str:
    if is_classification(instruction):
        return label(chance, instruction)
    for pattern, form in FORMS:
        if re.search(pattern, instruction, re.IGNORECASE):
            return form(chance, f"{instruction} {given}")
    return _prose(chance, f"{instruction} {given}")


def _prose(chance: Random, text: str) -> str:
    words = keywords(text)
    paragraphs = []
    for _ in range(chance.choice((1, 1, 1, 2, 2, 3))):
        forms = [chance.choice(OPENINGS), *chance.sample(MIDDLES, chance.randint(1, 5)), chance.choice(ENDINGS)]
        paragraphs.append(" ".join(filled(chance, form, words) for form in forms))
    return "\n\n".join(paragraphs)


def _list(chance: Random, text: str) -> str:
    words = keywords(text)
    number = re.search(r"\b(\d{1,2}|" + "|".join(NUMBERS) + r")\b", text, re.IGNORECASE)
    count = 5 if number is None else NUMBERS.get(number[1].lower()) or min(max(int(number[1]), 2), 10)
    forms = chance.sample(ITEMS, min(count, len(ITEMS)))
    mark = chance.choice(("{}. ", "- "))
    lines = [f"{mark.format(place)}{filled(chance, form, words)}." for place, form in enumerate(forms, start=1)]
    return "\n".join(lines)


def _poem(chance: Random, text: str) -> str:
    words = keywords(text)
    count = chance.choice((3, 4, 6))
    return "\n".join(filled(chance, form, words) for form in chance.sample(LINES, count))


def _number(chance: Random, text: str) -> str:
    found = [int(digits) for digits in re.findall(r"\d{1,6}", text)]
    result = sum(found) or chance.randrange(10, 900)
    return chance.choice((f"{result}", f"The result is {result}.", f"Adding up what is given makes {result}."))


def _letter(chance: Random, text: str) -> str:
    return LETTER.format(body=_prose(chance, text))


def _code(chance: Random, text: str) -> str:
    return filled(chance, CODE, keywords(text))


def _query(chance: Random, text: str) -> str:
    return filled(chance, QUERY, keywords(text))


def _brief(chance: Random, text: str) -> str:
    return passage(chance, text, chance.choice((1, 1, 2)))


FORMS: tuple[tuple[str, Callable[[Random, str], str]], ...] = (
    (r"\bsql\b", _query),
    (r"\b(?:python|javascript|function|script|regex)\b", _code),
    (r"\b(?:poem|haiku|limerick|verse|song)\b", _poem),
    (r"\b(?:letter|e-mail to|email to|complaint)\b", _letter),
    (r"^(?:list|name|suggest|recommend|brainstorm|give|propose|create a checklist)\b|bullet|headlines", _list),
    (r"\b(?:calculate|how much|how many|estimate|sum of)\b", _number),
    (r"^(?:summari[sz]e|condense|rewrite|translate|correct|title|headline)\b|in one sentence", _brief),
)
"""Pattern in the instruction → form of the answer; the first that fits."""
