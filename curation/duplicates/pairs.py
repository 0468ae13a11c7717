"""Every pair of vectors that is similar enough, found once and exactly."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from curation.duplicates.compiled import compiled, compiled_sum
from curation.methods import Vectors

Progress = Callable[[int, int], None]
Floats = NDArray[np.float32]
Ints = NDArray[np.int32]
Room = tuple[Ints, Ints, Floats]
Place = tuple[int, int, int, int]

MOST = 20_000_000
"""Pairs kept by default: 240 MB."""
_ROWS, _COLUMNS = 512, 2048
_SHORT = 96
_SLACK = np.float32(3e-5)
"""More than the rounding of a 384-term float32 dot product of unit vectors."""


@dataclass(frozen=True)
class Pairs:
    """Pairs of rows, sorted by a, then b.

    Args:
        a: int32, the earlier row of each pair.
        b: int32, the later row.
        similarity: float32 cosine of each pair.
        floor: every pair at or above it is here; higher than asked for where there were too many.
    """

    a: Ints
    b: Ints
    similarity: Floats
    floor: float

    def __len__(self) -> int:
        """How many pairs there are."""
        return len(self.a)


def all_pairs(vectors: Vectors, floor: float = 0.7, progress: Progress | None = None, most: int = MOST) -> Pairs:
    """Every pair of rows whose cosine is at least `floor`; none is missed.

    Rows are turned onto their 95 main axes and the length of the rest is appended: by Cauchy-Schwarz the dot
    product of two such rows is never below their cosine, so a short matrix product rules out nearly all pairs.
    What is left is computed from the whole rows in float64.

    Args:
        vectors: float32 unit rows of shape (n, dimension).
        floor: the lowest similarity to look for, above 0.
        progress: called with (comparisons done, all comparisons) after each block; what it raises stops the search.
        most: pairs to keep at most. Where there are more, the floor is raised until they fit. Identical rows
            beyond that are not listed at all, so leave copies out first.

    Raises:
        ValueError: the floor is not in (0, 1].
    """
    if not 0 < floor <= 1:
        raise ValueError(f"a floor must be in (0, 1], not {floor}")
    rows = np.ascontiguousarray(vectors, np.float32)
    short = _bounding(rows)
    found = _Found(np.float32(floor), most)
    done, total = 0, len(rows) * (len(rows) + 1) // 2
    for start, column in _blocks(len(rows)):
        block = short[start : start + _ROWS] @ short[column : column + _COLUMNS].T
        found.add(block, rows, start, column)
        done += _comparisons(start, column, block.shape)
        if progress is not None:
            progress(done, total)
    return found.pairs(len(rows))


def _bounding(rows: Floats) -> Floats:
    """Short rows whose dot products are never below those of the whole rows (but for rounding)."""
    if rows.shape[1] <= _SHORT or len(rows) < _ROWS:
        return rows
    axes = np.linalg.eigh(rows.T @ rows)[1][:, ::-1][:, : _SHORT - 1]
    main = rows @ np.ascontiguousarray(axes)
    rest = np.einsum("ij,ij->i", rows, rows) - np.einsum("ij,ij->i", main, main)
    # Adding 1e-5 keeps the bound above the truth where rounding made the rest too small.
    return np.column_stack([main, np.sqrt(np.maximum(rest, 0) + np.float32(1e-5))])


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


class _Found:
    """Pairs so far, in arrays that grow up to a limit; then the floor rises."""

    def __init__(self, floor: np.float32, most: int) -> None:
        self.floor = floor
        self.most = most
        self.count = 0
        self._room = _room(1 << 16)

    def add(self, block: Floats, rows: Floats, start: int, column: int) -> None:
        """Take the pairs of one block."""
        row = 0
        while row < len(block):
            if self.count + block.shape[1] > len(self._room[0]):
                self._make_room(block.shape[1])
            row, self.count = _scan(block, rows, (start, column, row, self.count), self.floor, self._room)

    def _make_room(self, needed: int) -> None:
        if self.count > self.most:
            self._raise_floor(self.most // 2)
        size = min(2 * len(self._room[0]), self.most + needed)
        if size > len(self._room[0]):
            larger = _room(size)
            for new, old in zip(larger, self._room, strict=True):
                new[: self.count] = old[: self.count]
            self._room = larger

    def _raise_floor(self, keep: int) -> None:
        """Keep the `keep` most similar pairs, without those that tie with the next one."""
        similarity = self._room[2][: self.count]
        next_one = np.partition(similarity, self.count - keep - 1)[self.count - keep - 1]
        self.floor = np.nextafter(next_one, np.float32(2))
        kept = np.flatnonzero(similarity >= self.floor)
        for array in self._room:
            array[: len(kept)] = array[kept]
        self.count = len(kept)

    def pairs(self, n: int) -> Pairs:
        """The result, sorted."""
        if self.count > self.most:
            self._raise_floor(self.most)
        a, b, similarity = self._room[0][: self.count], self._room[1][: self.count], self._room[2][: self.count]
        order = np.argsort(a.astype(np.int64) * n + b)
        return Pairs(a[order], b[order], similarity[order], float(self.floor))


def _room(size: int) -> Room:
    return np.empty(size, np.int32), np.empty(size, np.int32), np.empty(size, np.float32)


# In float64 the sum rounds to the same float32 in whatever order it is taken.
@compiled_sum
def _dot(x: Floats, y: Floats) -> float:
    total = 0.0
    for k in range(len(x)):
        total += np.float64(x[k]) * np.float64(y[k])
    return total


@compiled
def _take(block: Floats, rows: Floats, place: Place, floor: np.float32, out: Room) -> int:
    """Append the pairs of 32 cells of a block that reach the floor; the new count."""
    a, column, at, count = place
    out_a, out_b, out_similarity = out
    for b in range(at, min(at + 32, len(block))):
        if block[b] >= floor - _SLACK:
            similarity = np.float32(_dot(rows[a], rows[column + b]))
            if similarity >= floor:
                out_a[count], out_b[count], out_similarity[count] = a, column + b, similarity
                count += 1
    return count


@compiled
def _scan(block: Floats, rows: Floats, place: Place, floor: np.float32, out: Room) -> tuple[int, int]:
    """Append the pairs of a block until it ends or one more row might not fit; the next row and the new count."""
    start, column, row, count = place
    wide = block.shape[1]
    while row < len(block) and count + wide <= len(out[0]):
        a = start + row
        for at in range(max(0, a + 1 - column), wide, 32):
            highest = block[row, at]
            for b in range(at + 1, min(at + 32, wide)):
                highest = max(highest, block[row, b])
            if highest >= floor - _SLACK:
                count = _take(block[row], rows, (a, column, at, count), floor, out)
        row += 1
    return row, count
