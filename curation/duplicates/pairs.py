"""Every pair of vectors that is similar enough, found once and exactly."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from curation.duplicates.bound import bounds
from curation.duplicates.found import Found, Meeting, Sides
from curation.methods import Vectors

Progress = Callable[[int, int], None]

MOST = 20_000_000
"""Pairs kept by default: 240 MB."""
_ROWS, _COLUMNS = 512, 2048


@dataclass(frozen=True)
class Pairs:
    """Pairs of rows, sorted by a, then b.

    Args:
        a: int32, the earlier row of each pair.
        b: int32, the later row.
        similarity: float32 cosine of each pair.
        floor: every pair at or above it is here; higher than asked for where there were too many.
        recall: the share of all pairs that are here; 1 where every pair was looked at.
    """

    a: NDArray[np.int32]
    b: NDArray[np.int32]
    similarity: NDArray[np.float32]
    floor: float
    recall: float = 1.0

    def __len__(self) -> int:
        """How many pairs there are."""
        return len(self.a)


def all_pairs(vectors: Vectors, floor: float = 0.7, progress: Progress | None = None, most: int = MOST) -> Pairs:
    """Every pair of rows whose cosine is at least `floor`; none is missed.

    Rows are turned onto their 95 main axes and the length of the rest is appended: by Cauchy-Schwarz the dot
    product of two such rows is never below their cosine, so a short matrix product rules out nearly all pairs; in
    bfloat16 where the processor can, with a margin above its rounding. What is left is computed from the whole rows
    in float64.

    Args:
        vectors: float32 unit rows of shape (n, dimension).
        floor: the lowest similarity to look for, above 0.
        progress: called with (comparisons done, all comparisons) after each block; what it raises stops the search.
        most: pairs to keep at most. Where there are more, the floor is raised until they fit. Identical rows
            beyond that are not listed at all, so leave copies out first.

    Raises:
        ValueError: the floor is not in (0, 1].
    """
    check_floor(floor)
    rows = np.ascontiguousarray(vectors, np.float32)
    short = bounds(rows)
    every = np.arange(len(rows), dtype=np.int32)
    nowhere = np.zeros(len(rows), np.int32)
    found = Found(Sides(rows, nowhere, nowhere[:, None]), floor, most)
    done, total = 0, len(rows) * (len(rows) + 1) // 2
    for start, column in _blocks(len(rows)):
        here, there = slice(start, start + _ROWS), slice(column, column + _COLUMNS)
        block = short.block(here, there)
        found.add(Meeting(block, short.cut(float(found.floor)), every[here], every[there]))
        done += _comparisons(start, column, block.shape)
        if progress is not None:
            progress(done, total)
    return Pairs(*found.columns(), float(found.floor))


def check_floor(floor: float) -> None:
    """Raise ValueError unless the floor is in (0, 1]."""
    if not 0 < floor <= 1:
        raise ValueError(f"a floor must be in (0, 1], not {floor}")


def _blocks(n: int) -> Iterator[tuple[int, int]]:
    """First row and first column of each block that touches the upper triangle."""
    for start in range(0, n, _ROWS):
        for column in range(start, n, _COLUMNS):
            yield start, column


def _comparisons(start: int, column: int, shape: tuple[int, ...]) -> int:
    """Cells of a block on or above the diagonal."""
    rows, columns = shape
    below = min(max(0, start + rows - column - 1), rows)
    return rows * columns - below * (below + 1) // 2
