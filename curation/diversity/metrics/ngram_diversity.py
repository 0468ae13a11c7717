"""N-gram diversity: new words, pairs, threes and fours of words, added up."""

import math
from collections.abc import Sequence
from typing import ClassVar

import numpy as np
from pydantic import Field

from curation.diversity.metrics.metric import TextMetric
from curation.diversity.runs_of_words import Words


class NgramDiversity(TextMetric):
    """N-gram diversity.

    The sum over n = 1 … 4 of different runs of n words over all of them, all texts taken as one (Shaib et al. 2024).

    >>> NgramDiversity(longest=2)(["a b", "a b"])
    1.1666666666666665
    """

    name: ClassVar[str] = "ngram_diversity"
    meaning: ClassVar[str] = (
        "Shares of runs of one, two, three and four words that are different from all others, added up: 4 where "
        "nothing is said twice."
    )
    longest: int = Field(4, ge=1, description="Words in the longest run")

    def __call__(self, texts: Sequence[str]) -> float:
        """0 to `longest`; NaN where the texts have fewer words than that."""
        joined = Words([" ".join(texts)])
        runs = [joined.runs(n).codes for n in range(1, self.longest + 1)]
        return sum(len(np.unique(codes)) / len(codes) for codes in runs) if len(runs[-1]) else math.nan
