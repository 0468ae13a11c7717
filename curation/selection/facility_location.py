"""Samples that stand for the others: every sample has a chosen one near it."""

import math
from collections.abc import Callable
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from curation.computing.order import shuffled
from curation.methods import Pool, Selector

MISS = 0.01
"""How much of the guarantee is given up for speed: 1 - 1/e - MISS of the greatest sum is reached on average."""
TOLD_EVERY = 16


class FacilityLocation(Selector):
    """Standing for all (facility location).

    Greedily takes the sample that adds most to the sum, over all samples, of the cosine to the nearest chosen one
    (Nemhauser et al. 1978). For each step it looks at as many candidates, drawn by chance, as it takes to have one of
    the best among them ("lazier than lazy greedy", Mirzasoleiman et al. 2015, arXiv 1409.7938); of few samples it
    looks at all. With a weight of quality it is QDIT (Bukharin and Zhao 2023, arXiv 2311.14736): (1 - weight) times
    the gain per sample plus weight times quality, which is scaled to 0 … 1 here. Of a large pool a part, drawn by
    chance, stands for all when gains are computed.
    """

    name: ClassVar[str] = "facility_location"
    needs = ("vectors",)
    weight: float = Field(0.0, ge=0, le=1, description="How much quality counts against standing for others")
    sample: int = Field(4000, ge=1, description="How many samples gains are computed on; all of a smaller pool")
    seed: int = Field(0, ge=0, description="Which samples are looked at and computed on")

    def __call__(self, pool: Pool, size: int, step: Callable[[int, int], None] | None = None) -> list[int]:
        """Choose one by one."""
        order = shuffled(pool.ids, self.seed)
        vectors, bonus = pool.vectors[order], self.weight * _scaled(pool.quality[order])
        held = np.ascontiguousarray(vectors[: self.sample].T)
        covered = np.zeros(held.shape[1], np.float32)
        left, chance = np.arange(len(order)), np.random.default_rng(self.seed)
        looks = math.ceil(len(order) / max(1, min(size, len(order))) * math.log(1 / MISS))
        chosen: list[int] = []
        while len(left) and len(chosen) < size:
            drawn = np.sort(chance.choice(len(left), min(looks, len(left)), replace=False))
            reach = vectors[left[drawn]] @ held
            gains = np.maximum(reach - covered, 0).mean(axis=1, dtype=np.float64)
            best = int(np.argmax((1 - self.weight) * gains + bonus[left[drawn]]))
            np.maximum(covered, reach[best], out=covered)
            chosen.append(int(left[drawn[best]]))
            left = np.delete(left, drawn[best])
            if step and len(chosen) % TOLD_EVERY == 0:
                step(len(chosen), size)
        return [int(order[at]) for at in chosen]


def _scaled(quality: NDArray[np.float64]) -> NDArray[np.float64]:
    """Quality from 0 (the lowest, or none) to 1 (the highest)."""
    known = quality[~np.isnan(quality)]
    low, high = (float(known.min()), float(known.max())) if len(known) else (0.0, 0.0)
    return np.nan_to_num((quality - low) / (high - low), nan=0.0) if high > low else np.zeros(len(quality))
