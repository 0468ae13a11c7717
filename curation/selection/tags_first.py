"""The samples with most tags first, each pass covering as many tags as it can."""

from collections.abc import Callable
from typing import ClassVar

import numpy as np

from curation.computing.order import best_first
from curation.methods import Pool, Selector


class TagsFirst(Selector):
    """Most tags first, over all tags (InsTag).

    "Complexity-first diverse sampling" of Lu et al. 2023, "#InsTag" (arXiv 2308.07074): samples are looked at from
    the one with most tags to the one with fewest; a pass takes each that has a tag which no other of this pass has.
    Then the next pass begins with what is left. A sample without a tag is never taken.
    """

    name: ClassVar[str] = "tags_first"
    needs = ("tags",)

    def __call__(self, pool: Pool, size: int, step: Callable[[int, int], None] | None = None) -> list[int]:
        """Choose in passes until there are enough, or nothing with a tag is left."""
        sets = [frozenset(tags) for tags in pool.tags]
        numbers = np.array([len(tags) for tags in sets], np.float64)
        left = [position for position in best_first(numbers, pool.ids).tolist() if sets[position]]
        kept: list[int] = []
        while left and len(kept) < size:
            seen: set[str] = set()
            passed = []
            for position in left:
                if sets[position] <= seen:
                    passed.append(position)
                else:
                    seen |= sets[position]
                    kept.append(position)
            left = passed
            if step:
                step(min(len(kept), size), size)
        return kept[:size]
