"""Forms that an instruction asks for, each with a check of the answer.

Every check gives True for an answer that misses the form, False for one that has it, and None where the form is not
asked for or cannot be checked.
"""

import json
import re
from collections.abc import Callable
from functools import lru_cache
from typing import Final

from curation.sample import Sample
from curation.signals.code_form import misses_python
from curation.signals.pattern_form import misses_pattern

_JSON_ASKED: Final = re.compile(
    r"\b(?:in|as|into|to|return|output|generate|create|produce)\s+(?:an?\s+|the\s+)?(?:valid\s+|single\s+)?json\b"
    r"(?!\s+(?:parser|schema|function|reader|file|library|api))",
    re.IGNORECASE,
)
_SMALL: Final = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_NUMBERS: Final = {word: number for number, word in enumerate(_SMALL, 2)}
_COUNT: Final = rf"(?P<count>[2-9]|1\d|20|{'|'.join(_NUMBERS)})"
_LIST_ASKED: Final = re.compile(
    rf"(?:^|[.!?,]\s+|\band\s+)(?:please\s+)?(?:list|name|give|provide|suggest|identify|generate|create|write|recommend"
    rf"|come up with|brainstorm|make)\s+(?:me\s+|us\s+|out\s+)?(?:a\s+list\s+of\s+)?(?:the\s+)?(?:top\s+|best\s+)?"
    rf"{_COUNT}(?![-\d]|\s*(?:%|percent|to\b|or\b|-|–"
    rf"|(?:\w+\s+)?(?:words?|sentences?|paragraphs?|lines?"
    rf"|letters?|digits?|characters?|stanzas?|verses?|minutes?|hours?|days?|weeks?|months?|years?|pages?|courses?|parts?|acts?)\b)|(?:\s+\w+){{1,3}}\s+and\b)\s+\w",
    re.IGNORECASE,
)
_ENTRY: Final = re.compile(r"^(?P<indent>[ \t]*)(?:(?P<number>\(?\d{1,2}[.):])|[-*•])\s*\S", re.MULTILINE)
_AMOUNT: Final = r"(?P<{0}>[1-9]\d{{0,3}}|[1-9],\d{{3}})"
_UNIT: Final = r"[ -](?P<unit>words?|characters?)\b"
_LIMIT_ASKED: Final = re.compile(
    rf"\b(?:(?P<most>(?:in |using |with )?(?:at most|no more than|not more than|up to|a maximum of|maximum|within"
    rf"|not exceed(?:ing)?))|(?P<under>under|(?:in |using |with )?(?:less|fewer) than)|(?P<least>at least|a minimum of"
    rf"|minimum|no (?:less|fewer) than)|(?P<over>more than|over)|(?P<exactly>exactly)"
    rf"|between {_AMOUNT.format('low')} and|in)"
    rf" {_AMOUNT.format('count')}{_UNIT}(?P<or_less> or (?:less|fewer))?(?P<or_more> or more)?",
    re.IGNORECASE,
)
_TABLE_ASKED: Final = re.compile(
    r"\b(?:in|as|into|create|make|generate|construct|draw|produce|provide) (?:the form of )?an? (?:\w+ ){0,2}?table\b"
    r"(?! of contents| lamp| setting| tennis| cloth| called| named)|\btabular form(?:at)?\b|\bmarkdown table\b",
    re.IGNORECASE,
)
_NO_TABLE: Final = re.compile(
    r"\b(?:sql|database|mysql|furniture|wood|dining|coffee|periodic|times|multiplication|css|html|hash|restaurant|pivot|csv|following|given|provided)\b",
    re.IGNORECASE,
)
_TABLE_ROW: Final = re.compile(r"^[^\n]*\S(?:[ \t]*(?:\||\t)| {2,}\S)[^\n]*$|^[ \t]*\+-{2,}", re.MULTILINE)


def misses_json(sample: Sample) -> bool | None:
    """JSON is asked for: the answer, or its first fenced block, must be JSON."""
    if not _JSON_ASKED.search(sample.instruction):
        return None
    fenced = re.search(r"```\w*\n(.*?)```", sample.output, re.DOTALL)
    try:
        json.loads(fenced[1] if fenced else sample.output)
    except (ValueError, RecursionError):
        return True
    return False


def misses_list(sample: Sample) -> bool | None:
    """A number of things is asked for: a list must have as many entries; running text is not checked."""
    asked = _LIST_ASKED.search(sample.instruction)
    if not asked:
        return None
    entries = _top_entries(sample.output)
    word = asked["count"].casefold()
    return entries != (_NUMBERS.get(word) or int(word)) if entries > 1 else None


def misses_limit(sample: Sample) -> bool | None:
    """A bound on words or characters is stated: the answer must keep it. "In 100 words" is a wish and not checked."""
    asked = _LIMIT_ASKED.search(sample.instruction)
    if not asked:
        return None
    least, most = _bounds(asked)
    if (least, most) == (None, None):
        return None
    size = len(sample.output.split()) if asked["unit"].casefold().startswith("word") else len(sample.output)
    return (least is not None and size < least) or (most is not None and size > most)


def misses_table(sample: Sample) -> bool | None:
    """A table is asked for: two lines with columns between bars, tabs or spaces, or a table in HTML."""
    if not _TABLE_ASKED.search(sample.instruction) or _NO_TABLE.search(sample.instruction):
        return None
    return "<table" not in sample.output.casefold() and len(_TABLE_ROW.findall(sample.output)) < 2


FORMS: Final[dict[str, Callable[[Sample], bool | None]]] = {
    "JSON": misses_json,
    "number of entries": misses_list,
    "length": misses_limit,
    "table": misses_table,
    "Python": misses_python,
    "pattern": misses_pattern,
}
"""The check of each form by its name."""


@lru_cache(maxsize=2**12)
def missed_forms(sample: Sample) -> tuple[str, ...] | None:
    """The forms that are asked for and missed; None where there was nothing to check.

    Kept for the next signal that asks about the same sample.
    """
    if not sample.output.strip():
        return None
    checked = {name: misses(sample) for name, misses in FORMS.items()}
    known = {name: missed for name, missed in checked.items() if missed is not None}
    return tuple(name for name, missed in known.items() if missed) if known else None


def _top_entries(answer: str) -> int:
    """Entries of the outermost list; the numbered ones where there are any, because bullets then are their details."""
    entries = list(_ENTRY.finditer(answer))
    entries = [entry for entry in entries if entry["number"]] or entries
    least = min((len(entry["indent"]) for entry in entries), default=0)
    return sum(len(entry["indent"]) == least for entry in entries)


def _bounds(asked: re.Match[str]) -> tuple[int | None, int | None]:
    """(least, most) that a match of `_LIMIT_ASKED` states; either may be open."""
    count = int(asked["count"].replace(",", ""))
    stated = {
        "low": (int((asked["low"] or "0").replace(",", "")), count),
        "exactly": (count, count),
        "under": (None, count - 1),
        "most": (None, count),
        "or_less": (None, count),
        "over": (count + 1, None),
        "least": (count, None),
        "or_more": (count, None),
    }
    return next((bounds for name, bounds in stated.items() if asked[name]), (None, None))
