"""Answers in which one phrase comes again and again."""

import math
from collections import Counter
from collections.abc import Sequence
from typing import ClassVar

from pydantic import Field

from curation.methods import Signal
from curation.sample import Sample
from curation.signals.texts import windows


class TopNgram(Signal):
    """Share of the answer's characters in its most frequent run of words.

    Characters of all occurrences of the most frequent run (case aside) over those of all words, at most 1, as in
    Gopher (Rae et al. 2021, table A1), which drops web pages above 0.20, 0.18 and 0.16 for runs of 2, 3 and 4 words.
    0 where no run occurs twice. NaN for no answer. Known false hits: short answers, poems with a refrain, code, tables.

    >>> TopNgram()([Sample("Go on.", output="on and on we go, on and on we sing")])[0]
    0.56
    """

    name: ClassVar[str] = "top_ngram"
    length: int = Field(3, ge=1, le=10, description="Words in a run")

    def __call__(self, samples: Sequence[Sample]) -> list[float]:
        """Measure every answer."""
        return [_top(sample.output.casefold().split(), self.length) for sample in samples]


def _top(words: list[str], length: int) -> float:
    if not words:
        return math.nan
    runs = windows(words, length)
    if len(set(runs)) == len(runs):
        return 0.0
    counts = Counter(runs)
    most = max(counts.values())
    widest = max(sum(map(len, run)) for run, count in counts.items() if count == most)
    return min(1.0, most * widest / sum(map(len, words)))
