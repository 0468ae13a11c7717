"""NovelSum: how far samples are from each other, their surroundings counting most."""

from typing import ClassVar, Final

import numpy as np
from pydantic import Field

from curation.diversity.metrics.metric import VectorMetric
from curation.methods import Vectors

_ROWS: Final = 1024
_TINY: Final = 1e-9


class NovelSum(VectorMetric):
    """NovelSum.

    For each sample the mean of its cosine distances, weighted by one over the rank of closeness, times how dense its
    surroundings are; then the mean over samples (Yang et al. 2025, arXiv 2502.17184). As in the authors' program a
    sample's distance to itself takes the first rank. They advise to leave density out where no reference collection
    gives it, so its power is 0 unless chosen; 0.5 is theirs, and density is then that of these samples.

    >>> round(NovelSum()(np.eye(2, dtype=np.float32)), 6)
    0.333333
    """

    name: ClassVar[str] = "novel_sum"
    digits: ClassVar[int] = 3
    meaning: ClassVar[str] = (
        "How far samples lie from those around them. Of the published numbers the one that went best with how good "
        "the models trained on the data became (0.97). Without density, as its authors advise where no reference "
        "collection gives it."
    )
    power: float = Field(1.0, ge=0, description="Power of the rank in its weight")
    density: float = Field(0.0, ge=0, description="Power of the density, 0 for none")
    neighbours: int = Field(10, ge=1, description="Neighbours that the density is taken from")

    def __call__(self, vectors: Vectors) -> float:
        """0 where all are alike; 1 and more where all are far apart."""
        rows = len(vectors)
        if rows < 2:
            return 0.0
        weights = 1 / np.arange(1, rows + 1, dtype=np.float64) ** self.power
        weights /= weights.sum()
        total = 0.0
        for start in range(0, rows, _ROWS):
            far = (1 - vectors[start : start + _ROWS] @ vectors.T).clip(0)
            far.sort(axis=1)
            near = far[:, 1 : self.neighbours + 1].mean(axis=1, dtype=np.float64)
            total += float((far @ weights / (near + _TINY) ** self.density).sum())
        return total / rows
