"""Answers that were cut off."""

import math
import re
from collections.abc import Sequence
from typing import ClassVar, Final

from curation.methods import Signal
from curation.sample import Sample
from curation.signals.texts import FENCE

# No English sentence ends with one of these; nothing that can stand last ("to", "in", "that") is among them.
_NEVER_LAST: Final = {"a", "an", "the", "and", "or", "but", "because", "of", "from", "with", "by", "as", "if", "than"}
_HANGING: Final = re.compile(r"[,:(\[{–—]$|[^\W\d_]-$")
_SENTENCE_END: Final = re.compile(r"[.!?…。！？؟।][\"'”’»)\]]*\s+\S")
_CLOSING: Final = re.compile(r"^\s*(?:\w+ ?){1,3},$|[\"”.!?]\s*[-—–]\s*\w[\w .]*$")  # "Kind regards," and who is quoted
_OPEN: Final = re.compile(r"[\w%]$")
_FEWEST: Final = 8


class EndsMidSentence(Signal):
    """Answer ends in the middle of a sentence.

    1 when the last character or word cannot end a sentence (a comma, a colon, "the"), or when the last line holds
    sentences and the last one has no end. NaN for answers of fewer than eight words and for those that end in code.

    >>> EndsMidSentence()([Sample("Tell me.", output="It rained all day. Then the sun came out and the")])
    [1.0]
    """

    name: ClassVar[str] = "ends_mid_sentence"

    def __call__(self, samples: Sequence[Sample]) -> list[float]:
        """Look at the end of every answer."""
        return [_cut(sample.output.rstrip()) for sample in samples]


def _cut(answer: str) -> float:
    if len(answer.split(None, _FEWEST)) < _FEWEST or FENCE.search(answer):
        return math.nan
    last_line = answer[answer.rfind("\n") + 1 :]
    if _CLOSING.search(last_line):
        return 0.0
    if _HANGING.search(last_line) or last_line.split()[-1] in _NEVER_LAST:
        return 1.0
    return float(bool(_OPEN.search(last_line) and _SENTENCE_END.search(last_line) and _is_prose(last_line)))


def _is_prose(line: str) -> bool:
    """Not an entry of a list, code, a table, a heading, a link or a hashtag: those need no full stop."""
    return not re.match(r"\s*(?:[-*•#|>]|\w{1,3}[.)]\s)|\S*$", line) and not re.search(
        r"[={}<>|]|https?:|[#@]\w+$", line
    )
