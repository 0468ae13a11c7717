"""Whether an answer matches a regular expression that the instruction gives.

The expression comes from a data file, so only those are tried that cannot take long: at most 100 characters, no
repeated group, no more than three repetitions, and answers of at most 200 characters.
"""

import re
import warnings
from typing import Final

from curation.sample import Sample

_ASKED: Final = re.compile(
    r"\b(?:match(?:es|ing)?|follow(?:s|ing)?|fit(?:s|ting)?)\b[^`\n]{0,40}"
    r"\b(?:regex|regexp|regular expression|pattern)s?\b[^`/\n]{0,20}"
    r"(?:`(?P<ticked>[^`\n]{1,100})`|/(?P<slashed>[^/\n]{1,100})/)",
    re.IGNORECASE,
)
_REPEATED_GROUP: Final = re.compile(r"\)[*+?{]|\\[1-9]|\(\?")
_REPETITION: Final = re.compile(r"[*+{]")
_LONGEST: Final = 200


def misses_pattern(sample: Sample) -> bool | None:
    """An answer that matches a pattern in backticks or slashes is asked for: the whole answer must match it.

    None for patterns that do not compile or might take long, and for long answers.
    """
    asked = _ASKED.search(sample.instruction)
    answer = sample.output.strip()
    if not asked or len(answer) > _LONGEST:
        return None
    pattern = _compiled(asked["ticked"] or asked["slashed"])
    return pattern.fullmatch(answer) is None if pattern else None


def _compiled(text: str) -> re.Pattern[str] | None:
    if _REPEATED_GROUP.search(text) or len(_REPETITION.findall(text)) > 3:
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", FutureWarning)
            return re.compile(text)
    except (re.error, OverflowError, RecursionError):
        return None
