"""Pairs while they are found: which of the bounds in a block are pairs, and never more of them than fit."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from curation.computing.compiled import compiled
from curation.computing.dot import dot
from curation.duplicates.bound import Block, Cut

Floats = NDArray[np.float32]
Ints = NDArray[np.int32]
Room = tuple[Ints, Ints, Floats]


class Meeting(NamedTuple):
    """Rows that are compared with others.

    Args:
        block: bounds of their similarity, shape (rows, columns); more rows or columns than there are do not count.
        cut: a bound below it rules a pair out.
        rows: int32, which rows they are.
        columns: int32, which the others are: those whose home is one cell, if there are cells.
    """

    block: Block
    cut: Cut
    rows: Ints
    columns: Ints


class Sides(NamedTuple):
    """What decides whether a pair counts.

    Args:
        vectors: float32 of shape (n, dimension).
        home: int32 of shape (n,): the cell of each row.
        probes: int32 of shape (n, p): the cells in which each row is compared with those at home there, its own first.
    """

    vectors: Floats
    home: Ints
    probes: Ints


class Found:
    """Pairs so far, in arrays that grow up to a limit; then the floor rises.

    Args:
        floor: the lowest similarity to keep.
        most: pairs to keep at most.
    """

    def __init__(self, sides: Sides, floor: float, most: int) -> None:
        """Begin without pairs."""
        self.floor = np.float32(floor)
        self._sides = sides
        self._most = most
        self._count = 0
        self._room = _room(1 << 16)

    def add(self, meeting: Meeting) -> None:
        """Take the pairs of one block."""
        row, height, width = 0, len(meeting.rows), len(meeting.columns)
        while row < height:
            if self._count + width > len(self._room[0]):
                self._make_room(width)
            place = (row, self._count)
            row, self._count = _scan(meeting, self._sides, self.floor, place, self._room)

    def _make_room(self, needed: int) -> None:
        if self._count > self._most:
            self._raise_floor(self._most // 2)
        size = min(2 * len(self._room[0]), self._most + needed)
        if size > len(self._room[0]):
            larger = _room(size)
            for new, old in zip(larger, self._room, strict=True):
                new[: self._count] = old[: self._count]
            self._room = larger

    def _raise_floor(self, keep: int) -> None:
        """Keep the `keep` most similar pairs, without those that tie with the next one."""
        similarity = self._room[2][: self._count]
        next_one = np.partition(similarity, self._count - keep - 1)[self._count - keep - 1]
        self.floor = np.nextafter(next_one, np.float32(2))
        kept = np.flatnonzero(similarity >= self.floor)
        for array in self._room:
            array[: len(kept)] = array[kept]
        self._count = len(kept)

    def columns(self) -> Room:
        """What was found, the earlier row of each pair first, sorted by it and then by the later."""
        if self._count > self._most:
            self._raise_floor(self._most)
        first, second = self._room[0][: self._count], self._room[1][: self._count]
        a, b = np.minimum(first, second), np.maximum(first, second)
        order = np.argsort(a.astype(np.int64) << 32 | b)
        return a[order], b[order], self._room[2][: self._count][order]


def _room(size: int) -> Room:
    return np.empty(size, np.int32), np.empty(size, np.int32), np.empty(size, np.float32)


@compiled
def _counts(i: int, j: int, sides: Sides) -> bool:
    """Whether i, compared in the cell of j, counts: two rows may meet in the cell of each, and then once is enough."""
    there = False
    for cell in sides.probes[j]:
        there |= cell == sides.home[i]
    return i < j or not there


@compiled
def _take(meeting: Meeting, sides: Sides, floor: np.float32, place: tuple[int, int, int], out: Room) -> int:
    """Append the pairs of 64 bounds of a row that reach the floor; the new count."""
    row, at, count = place
    i = meeting.rows[row]
    for column in range(at, min(at + 64, len(meeting.columns))):
        j = meeting.columns[column]
        if meeting.block[row, column] >= meeting.cut and _counts(i, j, sides):
            similarity = np.float32(dot(sides.vectors[i], sides.vectors[j]))
            if similarity >= floor:
                out[0][count], out[1][count], out[2][count] = i, j, similarity
                count += 1
    return count


@compiled
def _scan(meeting: Meeting, sides: Sides, floor: np.float32, place: tuple[int, int], out: Room) -> tuple[int, int]:
    """Append the pairs of a block until it ends or one more row might not fit; the next row and the new count."""
    block, cut = meeting.block, meeting.cut
    row, count = place
    wide = len(meeting.columns)
    while row < len(meeting.rows) and count + wide <= len(out[0]):
        for at in range(0, wide, 64):
            # Without a branch in it, the processor compares dozens of bounds at once.
            near = np.int16(0)
            for bound in block[row, at : at + 64]:
                near |= np.int16(bound >= cut)
            if near:
                count = _take(meeting, sides, floor, (row, at, count), out)
        row += 1
    return row, count
