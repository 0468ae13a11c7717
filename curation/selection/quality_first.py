"""The best first, but none that is too like one already chosen."""

from collections.abc import Callable
from typing import ClassVar

import numpy as np
from pydantic import Field

from curation.computing.order import best_first
from curation.methods import Pool, Selector, Vectors

BLOCK = 256


class QualityFirst(Selector):
    """Quality first, with a bound on likeness (DEITA).

    Samples are taken from the best to the worst; one is passed over when its cosine *similarity* to any that is
    chosen is above the bound. Liu et al. 2023, "What Makes Good Data for Alignment?" (arXiv 2312.15685), words the
    bound as a distance; their code compares similarities, with 0.9 for vectors of a language model. Vectors of a
    sentence encoder are spread otherwise, so look at what the bound passes over before it is trusted.
    """

    name: ClassVar[str] = "quality_first"
    needs = ("quality", "vectors")
    most: float = Field(0.9, gt=0, le=1, description="Highest cosine to a sample that is chosen already")

    def __call__(self, pool: Pool, size: int, step: Callable[[int, int], None] | None = None) -> list[int]:
        """Choose block by block: first against all that are chosen, then within the block."""
        order = best_first(pool.quality, pool.ids)
        kept: list[int] = []
        room = np.zeros((min(size, len(order)), pool.vectors.shape[1]), np.float32)
        for start in range(0, len(order), BLOCK):
            if len(kept) >= size:
                break
            self._take(order[start : start + BLOCK].tolist(), pool.vectors, kept, room)
            if step:
                step(len(kept), size)
        return kept

    def _take(self, block: list[int], vectors: Vectors, kept: list[int], room: Vectors) -> None:
        """Add to `kept`, whose vectors fill `room` from the top, what of a block is unlike all of them."""
        near = (vectors[block] @ room[: len(kept)].T).max(axis=1, initial=-1.0)
        within = vectors[block] @ vectors[block].T
        for place, position in enumerate(block):
            if len(kept) < len(room) and near[place] <= np.float32(self.most):
                room[len(kept)] = vectors[position]
                kept.append(position)
                np.maximum(near, within[place], out=near)
