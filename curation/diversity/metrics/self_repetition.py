"""Self-repetition: how many texts say something that another one says word for word."""

import math
from collections.abc import Sequence
from typing import ClassVar

import numpy as np
from pydantic import Field

from curation.diversity.metrics.metric import TextMetric
from curation.diversity.runs_of_words import Words


class SelfRepetition(TextMetric):
    """Self-repetition.

    The share of texts that have a run of n words which another text has too (after Salkar et al. 2022, who count how
    often; a share can be read without its scale). It shows templates.

    >>> SelfRepetition()(["write a short poem now", "please write a short poem", "what is the largest lake"])
    0.6666666666666666
    """

    name: ClassVar[str] = "self_repetition"
    is_more: ClassVar[bool] = False
    digits: ClassVar[int] = 3
    meaning: ClassVar[str] = "The share of texts with four words in a row that another one has too; more is templated."
    n: int = Field(4, ge=1, description="Words in a run")

    def __call__(self, texts: Sequence[str]) -> float:
        """0 to 1; NaN where no text has n words."""
        runs = Words(texts).runs(self.n)
        if not len(runs.codes):
            return math.nan
        order = np.argsort(runs.codes, kind="stable")
        codes, owners = runs.codes[order], runs.texts[order]
        # Owners ascend within a run: it is shared where its first and its last owner differ.
        starts = np.flatnonzero(np.diff(codes, prepend=-1))
        ends = np.append(starts[1:], len(codes)) - 1
        is_shared = np.repeat(owners[starts] != owners[ends], ends - starts + 1)
        return len(np.unique(owners[is_shared])) / len(np.unique(owners))
