"""Distinct-n: the share of phrases that are new."""

from collections.abc import Sequence
from typing import ClassVar

from pydantic import Field

from curation.diversity.measures import distinct_n
from curation.diversity.metrics.metric import TextMetric


class Distinct(TextMetric):
    """Distinct pairs of words.

    Different runs of n words over all of them (Li et al. 2016, distinct-n); falls with size, so its size is fixed.

    >>> Distinct()(["a b a b", "A b"])
    0.5
    """

    name: ClassVar[str] = "distinct"
    digits: ClassVar[int] = 3
    meaning: ClassVar[str] = "The share of runs of two words that are different from all others; less is repetitive."
    n: int = Field(2, ge=1, description="Words in a run")

    def __call__(self, texts: Sequence[str]) -> float:
        """0 to 1; NaN where no text has n words."""
        return distinct_n(texts, self.n)
