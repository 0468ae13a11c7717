"""Answers out of numbered sources that a question shows between marks named `sources`."""

import re
from collections.abc import Mapping
from typing import cast

from curation.practice.question import FENCED, Question
from curation.prompts import Json

NUMBERED = re.compile(r"^\[(\d{1,3})\][^\n]*\n", re.MULTILINE)
SENTENCE = re.compile(r"[^\n]{12,}?(?:[.!?](?=\s)|$)", re.MULTILINE)
UNTOLD = "The sources do not tell."
INVENTED = 0.1
"""Share of answers that do not stand in what they cite."""


def sources(question: Question) -> dict[int, str]:
    """The sources by their numbers; none where the question shows none."""
    shown = next((text for mark, text in FENCED.findall(question.text) if mark.startswith("sources ")), "")
    heads = list(NUMBERED.finditer(shown))
    ends = [*(head.start() for head in heads[1:]), len(shown)][: len(heads)]
    return {int(head[1]): shown[head.end() : end].strip() for head, end in zip(heads, ends, strict=True)}


def source_number(question: Question) -> int | None:
    """The number of one of the sources; None where the question shows none."""
    shown = sources(question)
    return question.chance.choice(list(shown)) if shown else None


def quoted(question: Question, made: Mapping[str, Json]) -> str:
    """A sentence or two of the sources that are named beside it; "" where the question shows no sources."""
    shown = sources(question)
    if not shown or question.chance.random() < INVENTED:
        return ""
    if made.get("in_sources") is False:
        return UNTOLD
    named = [shown[number] for number in cast(list[int], made.get("sources") or []) if number in shown]
    found = [one.strip() for text in named or shown.values() for one in SENTENCE.findall(text)]
    return " ".join(question.chance.sample(found, min(2, len(found))))
