"""Pairs with their scores while they are found, and never more of them than fit."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from curation.duplicates.common_words import Scores
from curation.duplicates.lexical_search import Found
from curation.duplicates.pairs import Pairs
from curation.duplicates.word_rows import Ints


class Scored(NamedTuple):
    """Pairs of rows, sorted by a, then b, with the float64 F1 of each; `floor` is the lowest that is surely here."""

    a: Ints
    b: Ints
    score: Scores
    floor: float

    @property
    def pairs(self) -> Pairs:
        """The same with float32, as pairs by meaning are."""
        return Pairs(self.a, self.b, self.score.astype(np.float32), self.floor)


class Gathered:
    """Pairs so far, in arrays that grow up to a limit; then the floor rises."""

    def __init__(self, floor: float, most: int, rows: int) -> None:
        self.floor = self.reached = floor
        self.most = most
        self.rows = rows
        self.count = 0
        self.out = _columns(1 << 16)

    def make_room(self) -> None:
        """Make room for at least one more row."""
        if self.count > self.most:
            self._raise_floor(self.most // 2)
        size = min(max(2 * len(self.out[0]), self.count + self.rows), self.most + self.rows)
        if size > len(self.out[0]):
            self.out = self._copied(slice(self.count), size)

    def _raise_floor(self, keep: int) -> None:
        """Keep the `keep` most similar pairs, without those that tie with the next one in float32."""
        similarity = self.out[2][: self.count].astype(np.float32)
        next_one = np.partition(similarity, self.count - keep - 1)[self.count - keep - 1]
        reached = np.nextafter(next_one, np.float32(2))
        # What rounds to the new floor or above, in float64.
        self.reached, self.floor = float(reached), (float(next_one) + float(reached)) / 2
        kept = np.flatnonzero(similarity >= reached)
        self.out = self._copied(kept, len(self.out[0]))
        self.count = len(kept)

    def _copied(self, chosen: slice | NDArray[np.intp], size: int) -> Found:
        """These pairs at the front of columns with so much room."""
        one, two, score = _columns(size)
        for new, old in ((one, self.out[0]), (two, self.out[1]), (score, self.out[2])):
            new[: len(old[chosen])] = old[chosen]
        return one, two, score

    def sorted(self, order: Ints) -> Scored:
        """The result, with the numbers that the rows had before they were put in order."""
        if self.count > self.most:
            self._raise_floor(self.most)
        one, two = order[self.out[0][: self.count]], order[self.out[1][: self.count]]
        a, b, score = np.minimum(one, two), np.maximum(one, two), self.out[2][: self.count]
        by = np.argsort(a.astype(np.int64) * len(order) + b)
        return Scored(a[by], b[by], score[by], self.reached)


def _columns(size: int) -> Found:
    return np.empty(size, np.int32), np.empty(size, np.int32), np.empty(size)
