"""Answers that are not in the form that was asked for."""

import json
import math
import re
from collections.abc import Sequence
from typing import ClassVar, Final

from curation.methods import Signal
from curation.sample import Sample
from curation.signals.texts import FENCE

_JSON_ASKED: Final = re.compile(
    r"\b(?:in|as|into|to|return|output|generate|create|produce)\s+(?:an?\s+|the\s+)?(?:valid\s+|single\s+)?json\b"
    r"(?!\s+(?:parser|schema|function|reader|file|library|api))",
    re.IGNORECASE,
)
_WORDS: Final = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_NUMBERS: Final = {word: number for number, word in enumerate(_WORDS, 2)}
_COUNT: Final = rf"(?P<count>[2-9]|1\d|20|{'|'.join(_NUMBERS)})"
_LIST_ASKED: Final = re.compile(
    rf"(?:^|[.!?,]\s+|\band\s+)(?:please\s+)?(?:list|name|give|provide|suggest|identify|generate|create|write|recommend"
    rf"|come up with|brainstorm|make)\s+(?:me\s+|us\s+|out\s+)?(?:a\s+list\s+of\s+)?(?:the\s+)?(?:top\s+|best\s+)?"
    rf"{_COUNT}(?![-\d]|\s*(?:%|percent|to\b|or\b|-|–|(?:\w+\s+)?(?:words?|sentences?|paragraphs?|lines?|letters?|digits?"
    rf"|characters?|stanzas?|verses?|minutes?|hours?|days?|weeks?|months?|years?|pages?|courses?|parts?|acts?)\b)|(?:\s+\w+){{1,3}}\s+and\b)\s+\w",
    re.IGNORECASE,
)
_ENTRY: Final = re.compile(r"^(?P<indent>[ \t]*)(?:(?P<number>\(?\d{1,2}[.):])|[-*•])\s*\S", re.MULTILINE)


class OffFormat(Signal):
    r"""Answer is not in the form that was asked for.

    1 when JSON is asked for and the answer is not JSON, when a number of things is asked for and the answer is a list
    of another length, or when a code block is opened and not closed; 0 when one of these could be checked and holds.
    NaN when nothing could be checked, also for "name three" answered in running text.

    >>> OffFormat()([Sample("Name three pets.", output="1. cat\n2. dog")])
    [1.0]
    """

    name: ClassVar[str] = "off_format"

    def __call__(self, samples: Sequence[Sample]) -> list[float]:
        """Check every answer."""
        return [_off(sample) for sample in samples]


def _off(sample: Sample) -> float:
    if not sample.output.strip():
        return math.nan
    checks = (_is_bad_json(sample), _is_bad_list(sample), _is_open_fence(sample))
    known = [check for check in checks if check is not None]
    return float(any(known)) if known else math.nan


def _is_bad_json(sample: Sample) -> bool | None:
    if not _JSON_ASKED.search(sample.instruction):
        return None
    fenced = re.search(r"```\w*\n(.*?)```", sample.output, re.DOTALL)
    try:
        json.loads(fenced[1] if fenced else sample.output)
    except (ValueError, RecursionError):
        return True
    return False


def _is_bad_list(sample: Sample) -> bool | None:
    asked = _LIST_ASKED.search(sample.instruction)
    if not asked:
        return None
    entries = _top_entries(sample.output)
    word = asked["count"].casefold()
    return entries != (_NUMBERS.get(word) or int(word)) if entries > 1 else None


def _top_entries(answer: str) -> int:
    """Entries of the outermost list; the numbered ones where there are any, because bullets then are their details."""
    entries = list(_ENTRY.finditer(answer))
    entries = [entry for entry in entries if entry["number"]] or entries
    least = min((len(entry["indent"]) for entry in entries), default=0)
    return sum(len(entry["indent"]) == least for entry in entries)


def _is_open_fence(sample: Sample) -> bool | None:
    fences = len(FENCE.findall(sample.output))
    return fences % 2 == 1 if fences else None
