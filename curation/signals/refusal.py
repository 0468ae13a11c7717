"""Answers that decline to answer."""

import math
import re
from collections.abc import Sequence
from typing import ClassVar, Final

from curation.methods import Signal
from curation.sample import Sample

_NOT: Final = r"(?:cannot|can't|can not|could not|couldn't|do not|don't|am not|am unable|won't|will not)"
_REFUSALS: Final = re.compile(
    r"\bas an? (?:(?:ai|artificial intelligence)\b(?!-)|(?:large )?language model\b)"
    r"|\bi(?:'m| am) (?:just |only )?an? (?:ai\b(?!-)|language model)"
    rf"|\A\W*(?:i(?:'m| am) |we(?:'re| are) )?(?:very |so )?sorry,? (?:but )?(?:i|we) {_NOT}\b"
    r"|\A\W*(?:i(?:'m| am) )?sorry,? (?:but )?(?:as an?|there is no|this (?:is not|cannot|request)|that is not)\b"
    r"|\bi(?:'m| am) (?:unable|not able) to (?:help|assist|provide|answer|complete|fulfil|process|generate)"
    r"|\bi (?:cannot|can't|can not|won't) (?:help (?!but)|assist|provide|answer|fulfil|comply|generate|create|support)"
    r"|\bi (?:don't|do not) have (?:the ability|access to|personal (?:opinion|experience|preference|feeling))"
    r"|(?:抱歉|对不起).{0,6}(?:我|作为|无法|不能)|作为一(?:个|名)?(?:ai|人工智能|语言模型)"
    r"|\bals (?:eine? )?(?:ki|sprachmodell)\b|\ben tant qu'ia\b|\bcomo (?:una? )?(?:ia|modelo de)\b",
    re.IGNORECASE,
)
# Some word of each phrase: looking for these first is six times as fast.
_HINTS: Final = (
    *("sorry", "language model", " ai", "artificial", "able to", "i can", "i won't", " not have", "n't have"),
    *("抱歉", "对不起", "作为一", "als ", "en tant", "como "),
)
_START: Final = 250


class Refusal(Signal):
    """Answer declines.

    1 when one of a short list of phrases ("As an AI", "I'm sorry, but I cannot") stands in the first 250 characters;
    being sorry about something is no refusal. NaN for no answer.

    >>> Refusal()([Sample("Sing.", output="I'm sorry, but I cannot."), Sample("Go.", output="Sorry to hear that.")])
    [1.0, 0.0]
    """

    name: ClassVar[str] = "refusal"

    def __call__(self, samples: Sequence[Sample]) -> list[float]:
        """Look at the start of every answer."""
        return [_declines(sample.output) for sample in samples]


def _declines(answer: str) -> float:
    if not answer.strip():
        return math.nan
    start = answer[:_START].replace("’", "'").casefold()
    return float(any(hint in start for hint in _HINTS) and _REFUSALS.search(start) is not None)
