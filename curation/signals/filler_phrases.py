"""Words that say nothing."""

import math
import re
from collections.abc import Sequence
from typing import ClassVar, Final

from curation.methods import Signal
from curation.sample import Sample

_PHRASES: Final = re.compile(
    r"\A\W*(?:certainly|sure|of course|absolutely|great question|good question|happy to help|i'd be happy to)\b"
    r"|\b(?:it is|it's) (?:important|worth|crucial|essential) (?:to note|noting|to remember|to mention|mentioning)\b"
    r"|\b(?:i hope this helps|let me know if|feel free to|don't hesitate to|hope that helps)\b"
    r"|\b(?:in conclusion|to sum up|in summary|all in all|at the end of the day|needless to say|last but not least)\b"
    r"|\b(?:in today's (?:fast-paced |modern |digital )?world|ever-(?:evolving|changing)|when it comes to)\b"
    r"|\b(?:delve into|dive into|a testament to|rich tapestry|plays? an? (?:crucial|vital|pivotal|key) role)\b"
    r"|\b(?:here is|here's) (?:an?|the|your) (?:\w+ ){0,4}(?:you (?:asked for|requested)|for you)\b"
    r"|\b(?:as (?:mentioned|stated|noted) (?:above|earlier|before)|as you (?:may|might) know)\b",
    re.IGNORECASE,
)
# Some part of each phrase that stands inside an answer: looking for these first is several times as fast.
_HINTS: Final = (
    *("important", " worth ", "crucial", "essential", "hope th", "let me know", "feel free", "hesitate", "conclusion"),
    *("sum up", "summary", "all in all", "of the day", "needless", "last but", "in today's", "ever-", "when it comes"),
    *("delve", "dive into", "testament", "tapestry", "role", "here is ", "here's ", " above", " earlier", " before"),
    *("as you may know", "as you might know"),
)


class FillerPhrases(Signal):
    """Filler phrases in the answer.

    How many of a short list of English phrases there are that make an answer longer or friendlier and say nothing
    ("Certainly!", "It is important to note", "I hope this helps"). Judges that reward length reward these. NaN for no
    answer.

    >>> FillerPhrases()([Sample("Why?", output="Great question! It's worth noting that bees dance."), Sample("Go.")])
    [2.0, nan]
    """

    name: ClassVar[str] = "filler_phrases"

    def __call__(self, samples: Sequence[Sample]) -> list[float]:
        """Count them in every answer."""
        return [_count(sample.output) for sample in samples]


def _count(answer: str) -> float:
    if not answer.strip():
        return math.nan
    text = answer.replace("’", "'").lower()
    if not any(hint in text for hint in _HINTS):
        return float(_PHRASES.match(text) is not None)
    return float(sum(1 for _ in _PHRASES.finditer(text)))
