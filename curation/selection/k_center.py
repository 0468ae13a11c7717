"""Samples spread out so that none that is left lies far from a chosen one."""

from collections.abc import Callable
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from curation.computing.order import shuffled
from curation.methods import Pool, Selector, Vectors

FARTHEST, ROWS = 2048, 8192
"""Samples among which the next ones are chosen; samples that are looked at at once."""


class KCenter(Selector):
    """Spread out (k-center).

    Farthest-first traversal (Gonzalez 1985, "Clustering to minimize the maximum intercluster distance"): the next one
    is always the sample that is farthest from all that are chosen. The largest distance that is left is at most twice
    the least possible. It likes outliers, so filter before.
    """

    name: ClassVar[str] = "k_center"
    needs = ("vectors",)
    seed: int = Field(0, ge=0, description="Which sample comes first")

    def __call__(self, pool: Pool, size: int, step: Callable[[int, int], None] | None = None) -> list[int]:
        """Choose among the farthest while none of the others can be farther, then look at all anew.

        A cosine to the nearest chosen one only rises, so the others are at most as far as when they were last looked
        at. It is the choice of the plain traversal, in products of matrices in place of one pass over all per sample.
        """
        order = shuffled(pool.ids, self.seed)
        vectors = pool.vectors[order]
        nearest = np.full(len(order), -np.inf, np.float32)
        chosen: list[int] = []
        while len(chosen) < min(size, len(order)):
            new = _next(vectors, nearest, min(size, len(order)) - len(chosen))
            _look(vectors, nearest, new)
            chosen += new
            if step:
                step(len(chosen), size)
        return [int(order[at]) for at in chosen]


def _next(vectors: Vectors, nearest: NDArray[np.float32], most: int) -> list[int]:
    """The next positions to choose, at least one, going by the farthest alone."""
    ranked = np.argsort(nearest, kind="stable")
    far = np.sort(ranked[:FARTHEST])
    others = nearest[ranked[FARTHEST]] if len(ranked) > FARTHEST else np.inf
    held, near = vectors[far], nearest[far]
    new: list[int] = []
    while len(new) < most:
        at = int(np.argmin(near))
        if new and near[at] >= others:
            break
        new.append(int(far[at]))
        np.maximum(near, held @ held[at], out=near)
        near[at] = np.inf
    return new


def _look(vectors: Vectors, nearest: NDArray[np.float32], new: list[int]) -> None:
    """Tell all samples of those that are newly chosen."""
    centres = vectors[new].T
    for start in range(0, len(vectors), ROWS):
        part = nearest[start : start + ROWS]
        np.maximum(part, (vectors[start : start + ROWS] @ centres).max(axis=1), out=part)
    nearest[new] = np.inf
