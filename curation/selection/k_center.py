"""Samples spread out so that none that is left lies far from a chosen one."""

from collections.abc import Callable
from typing import ClassVar

import numpy as np
from pydantic import Field

from curation.computing.order import shuffled
from curation.methods import Pool, Selector

TOLD_EVERY = 64


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
        """Choose one by one, keeping for each sample the cosine to its nearest chosen one."""
        order = shuffled(pool.ids, self.seed)
        vectors = pool.vectors[order]
        nearest = np.full(len(order), -np.inf, np.float32)
        chosen: list[int] = []
        while len(chosen) < min(size, len(order)):
            at = int(np.argmin(nearest))
            chosen.append(at)
            np.maximum(nearest, vectors @ vectors[at], out=nearest)
            nearest[at] = np.inf
            if step and len(chosen) % TOLD_EVERY == 0:
                step(len(chosen), size)
        return [int(order[at]) for at in chosen]
