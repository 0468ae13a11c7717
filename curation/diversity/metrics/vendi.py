"""Vendi scores: how many clearly different samples there are, seen by an embedding model."""

from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from curation.diversity.measures import effective_number
from curation.diversity.metrics.metric import VectorMetric
from curation.methods import Vectors


class Vendi(VectorMetric):
    """Vendi score.

    e to the entropy of the eigenvalues of the cosines divided by n (Friedman and Dieng 2023, order 1).

    >>> round(Vendi()(np.eye(3, dtype=np.float32)), 6)
    3.0
    """

    name: ClassVar[str] = "vendi"
    unit: ClassVar[str] = "samples"
    digits: ClassVar[int] = 1
    meaning: ClassVar[str] = (
        "How many wholly different samples would be as varied as these. It depends on the embedding model: compare "
        "only what one model saw."
    )

    def __call__(self, vectors: Vectors) -> float:
        """A number from 1 to n."""
        return effective_number(_eigenvalues(vectors).tolist())


class VendiLargest(VectorMetric):
    """Vendi score of order ∞.

    One over the largest eigenvalue (Pasarkar and Dieng 2024, q = ∞).

    >>> round(VendiLargest()(np.eye(3, dtype=np.float32)), 6)
    3.0
    """

    name: ClassVar[str] = "vendi_largest"
    unit: ClassVar[str] = "samples"
    meaning: ClassVar[str] = (
        "The Vendi score when only the most common direction counts: near 1 where one theme runs through everything, "
        "however many rare ones there are."
    )

    def __call__(self, vectors: Vectors) -> float:
        """A number from 1 to n."""
        return 1 / float(_eigenvalues(vectors).max())


def _eigenvalues(vectors: Vectors) -> NDArray[np.float64]:
    """Those of X Xᵀ / n, which are those of the smaller XᵀX / n and zeros; they add up to 1."""
    rows, width = vectors.shape
    wide = vectors.astype(np.float64)
    products = wide.T @ wide if width < rows else wide @ wide.T
    return np.linalg.eigvalsh(products / rows).clip(0)
