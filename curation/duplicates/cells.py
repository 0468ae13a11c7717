"""Near pairs among very many vectors: each row meets those of the cells around it; what that misses is measured."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from curation.duplicates.bound import Bounds, bounds
from curation.duplicates.centres import nearest_cells
from curation.duplicates.found import Found, Ints, Meeting, Room, Sides
from curation.duplicates.pairs import MOST, Pairs, Progress, all_pairs, check_floor
from curation.methods import Vectors

Bools = NDArray[np.bool_]

EXACT = 200_000
"""Up to so many vectors every pair is looked at."""
_AIM = 0.995
"""The share of the known pairs that is aimed at; above the 0.99 that is promised, because they are a sample."""
_FEWEST, _PROBES = 4, 32
"""Cells around each row that are looked at, at least and at most."""
_ASKED = 2_000
"""Rows that are compared with all others, to know what is missed."""
_ROWS, _COLUMNS = 2048, 1024


def near_pairs(
    vectors: Vectors, floor: float = 0.7, progress: Progress | None = None, most: int = MOST, exact: int = EXACT
) -> Pairs:
    """The pairs of rows whose cosine is at least `floor`: all of them up to `exact` rows, nearly all above.

    Above it rows are put into cells around common centres (k-means), and each is compared with those at home in the
    cells nearest to it. Before that some rows, taken at random, are compared with all others: their pairs say how
    many cells it takes to find 99 % of the pairs, and afterwards how many were found.

    Args:
        vectors: float32 unit rows of shape (n, dimension).
        floor: the lowest similarity to look for, above 0.
        progress: called with (comparisons done, all comparisons); what it raises stops the search.
        most: pairs to keep at most, as in `all_pairs`.
        exact: up to how many rows every pair is looked at.

    Returns:
        the pairs; `recall` was measured over all pairs from the floor upwards, and is higher among nearer ones.

    Raises:
        ValueError: the floor is not in (0, 1].
    """
    check_floor(floor)
    if len(vectors) <= exact:
        return all_pairs(vectors, floor, progress, most)
    rows = np.ascontiguousarray(vectors, np.float32)
    short = bounds(rows)
    known = _known_pairs(rows, short, floor, most)
    nearest = nearest_cells(short.tensor(), _PROBES)
    home = np.ascontiguousarray(nearest[:, 0])
    probes = np.ascontiguousarray(nearest[:, : _enough(nearest, known)])
    found = Found(Sides(rows, home, probes), floor, most)
    for done, total, members, visitors in _meetings(home, probes):
        if progress is not None:
            progress(done, total)
        found.add(Meeting(short.block(visitors, members), short.cut(float(found.floor)), visitors, members))
    a, b, similarity = found.columns()
    return Pairs(a, b, similarity, float(found.floor), _recall((a, b, similarity), known, found.floor))


def _known_pairs(rows: NDArray[np.float32], short: Bounds, floor: float, most: int) -> Room:
    """Every pair of some rows, taken at random but the same each time."""
    n = len(rows)
    asked = np.sort(np.random.default_rng(0).permutation(n)[:_ASKED]).astype(np.int32)
    every = np.arange(n, dtype=np.int32)
    # At home in a cell that nobody looks into, so that each meeting counts.
    found = Found(Sides(rows, np.ones(n, np.int32), np.zeros((n, 1), np.int32)), floor, most)
    for start in range(0, n, _ROWS):
        there = every[start : start + _ROWS]
        block = short.block(asked, slice(start, start + _ROWS))
        found.add(Meeting(block, short.cut(float(found.floor)), asked, there))
    a, b, similarity = found.columns()
    # Two of the rows asked meet twice, and each meets itself.
    once = (a != b) & np.append(True, (np.diff(a) != 0) | (np.diff(b) != 0))[: len(a)]
    return a[once], b[once], similarity[once]


def _enough(nearest: Ints, known: Room) -> int:
    """The fewest cells in which the goal is reached among the known pairs; all of them where it is not."""
    a, b, _ = known
    home = nearest[:, 0]
    met = np.zeros(len(a), np.bool_)
    for count in range(1, nearest.shape[1] + 1):
        cell = nearest[:, count - 1]
        met |= (cell[a] == home[b]) | (cell[b] == home[a])
        if count >= _FEWEST and met.mean() >= _AIM:
            return count
    return len(nearest[0])


def _meetings(home: Ints, probes: Ints) -> Iterator[tuple[int, int, Ints, Ints]]:
    """Comparisons done before and in all, the rows at home in a cell, and rows that look into it, piece by piece."""
    cells = int(probes.max()) + 1
    at_home, looking = np.bincount(home, minlength=cells), np.bincount(probes.ravel(), minlength=cells)
    members = np.split(np.argsort(home, kind="stable").astype(np.int32), np.cumsum(at_home)[:-1])
    order = (np.argsort(probes.ravel(), kind="stable") // probes.shape[1]).astype(np.int32)
    visitors = np.split(order, np.cumsum(looking)[:-1])
    done, total = 0, int(at_home @ looking)
    for inside, outside in zip(members, visitors, strict=True):
        for start in range(0, len(inside), _COLUMNS):
            some = inside[start : start + _COLUMNS]
            for row in range(0, len(outside), _ROWS):
                yield done, total, some, outside[row : row + _ROWS]
                done += len(some) * len(outside[row : row + _ROWS])


def _recall(found: Room, known: Room, floor: np.float32) -> float:
    """The share of the known pairs from the floor upwards that were found; 1 where none is known."""
    there = known[2] >= floor
    expected, keys = (side[0].astype(np.int64) << 32 | side[1] for side in (known, found))
    expected = expected[there]
    return float(np.isin(expected, keys, assume_unique=True).mean()) if len(expected) else 1.0
