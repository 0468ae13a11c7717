"""DCScore: how well each sample can be told from all others."""

from typing import ClassVar, Final

import numpy as np
from pydantic import Field

from curation.diversity.metrics.metric import VectorMetric
from curation.methods import Vectors

_ROWS: Final = 1024


class DCScore(VectorMetric):
    """DCScore.

    The sum over samples of the share that each has of its own row, when the cosines of a row are made shares by a
    softmax (Zhu et al. 2025, arXiv 2502.08512; cosines and temperature 1 as in the authors' program).

    >>> same = np.array([[1, 0], [1, 0]], np.float32)
    >>> round(DCScore()(same), 6)
    1.0
    """

    name: ClassVar[str] = "dc_score"
    digits: ClassVar[int] = 3
    meaning: ClassVar[str] = (
        "How well each sample can be told from the others: 1 where all are alike, towards e (2.72) where none is like "
        "another. Small differences count."
    )
    temperature: float = Field(1.0, gt=0, description="Divides the cosines before the softmax")

    def __call__(self, vectors: Vectors) -> float:
        """A number from 1 to n."""
        own = np.exp((vectors * vectors).sum(axis=1, dtype=np.float64) / self.temperature)
        total = 0.0
        for start in range(0, len(vectors), _ROWS):
            near = np.exp(vectors[start : start + _ROWS] @ vectors.T / np.float32(self.temperature))
            total += float((own[start : start + _ROWS] / near.sum(axis=1, dtype=np.float64)).sum())
        return total
