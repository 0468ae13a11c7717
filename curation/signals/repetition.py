"""Answers that go round in circles."""

import math
from collections import Counter
from collections.abc import Sequence
from typing import ClassVar

from curation.methods import Signal
from curation.sample import Sample
from curation.signals.texts import windows

_LENGTH = 4


class Repetition(Signal):
    """Share of the answer's words in repeated runs of four.

    A word counts when it stands inside a run of four words (case aside) that occurs more than once. NaN for no answer.

    >>> Repetition()([Sample("Go on.", output="to be or not to be or not I ask")])
    [0.8]
    """

    name: ClassVar[str] = "repetition"

    def __call__(self, samples: Sequence[Sample]) -> list[float]:
        """Measure every answer."""
        return [_repeated(sample.output.casefold().split()) for sample in samples]


def _repeated(words: list[str]) -> float:
    if not words:
        return math.nan
    runs = windows(words, _LENGTH)
    if len(set(runs)) == len(runs):
        return 0.0
    seen = Counter(runs)
    inside = {place + offset for place, run in enumerate(runs) if seen[run] > 1 for offset in range(_LENGTH)}
    return len(inside) / len(words)
