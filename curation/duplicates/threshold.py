"""What a similarity threshold keeps, joins and chains: built once, then any threshold in a millisecond, up or down."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from curation.duplicates import stars
from curation.duplicates.pairs import Pairs
from curation.errors import NotReady

Ints = NDArray[np.int32]


class Pair(NamedTuple):
    """Two rows and their cosine."""

    a: int
    b: int
    similarity: float


@dataclass(frozen=True)
class Chain:
    """Rows that hang together only through others.

    Args:
        members: rows in the largest component.
        stars: how many of them the threshold keeps; they are no duplicates of each other.
    """

    members: int
    stars: int


class Explorer:
    """Answers for any threshold from the floor of the pairs upwards.

    A row is dropped when a better row *that is kept* is at least as similar as the threshold. So every group is a
    star: the kept row in the middle, and around it rows that are near it, not only near each other. Identical rows go
    the same way, the best of them first.

    Args:
        n: rows in all.
        pairs: the pairs of `all_pairs`.
        priority: a rank per row, shape (n,); a lower rank is better, ties go to the earlier row. Default: earlier is
            better.
        first: the first of the rows that are identical to each row, int32 of shape (n,), as `identical` gives it; then
            pairs are between first rows alone. Default: no two are identical.
        apart: bool of shape (pairs,), true for pairs that are never the same, whatever the threshold: they are listed
            as borderline and join nothing. Default: none.
    """

    def __init__(
        self,
        n: int,
        pairs: Pairs,
        priority: NDArray[np.float64] | None = None,
        first: Ints | None = None,
        apart: NDArray[np.bool_] | None = None,
    ) -> None:
        """Sort the pairs once: into better neighbours per row, and into a maximum spanning forest."""
        self.n = n
        self.pairs = pairs
        order = np.arange(n) if priority is None else np.argsort(priority, kind="stable")
        # From here on identical rows are one, with the rank of the best of them.
        self._firsts, one = np.unique(np.arange(n) if first is None else first, return_inverse=True)
        self._one = one.astype(np.int32)
        size = len(self._firsts)
        ranks = np.full(size, n, np.int64)
        np.minimum.at(ranks, self._one[order], np.arange(n))
        by_rank = np.argsort(ranks)
        place = np.empty(size, np.int32)
        place[by_rank] = np.arange(size, dtype=np.int32)
        # Of each place in the order of rank the best row there, and the place of each row.
        self._best = order[ranks[by_rank]].astype(np.int32)
        self._place = place[self._one]
        a, b = self._one[pairs.a], self._one[pairs.b]
        better, worse = np.minimum(place[a], place[b]), np.maximum(place[a], place[b])
        # Similarities are above 0, so their bits sort like the numbers; one 64-bit key sorts by both at once.
        keys = (~pairs.similarity.view(np.uint32)).astype(np.uint64) << np.uint64(32) | better.astype(np.uint64)
        self._falling = np.argsort(keys, kind="stable")
        self._sorted = pairs.similarity[self._falling]
        joining = self._falling if apart is None else self._falling[~apart[self._falling]]
        near = pairs.similarity[joining]
        self._stars = stars.neighbours(size, better[joining], worse[joining], near)
        self._forest = stars.forest(size, a[joining], b[joining], near)

    def kept(self, threshold: float) -> NDArray[np.bool_]:
        """Whether each row stays, bool of shape (n,).

        Raises:
            NotReady: the threshold is below the floor of the pairs.
        """
        return np.equal(self.groups(threshold), np.arange(self.n))

    def groups(self, threshold: float) -> Ints:
        """The kept row that stands for each row, int32 of shape (n,): of the near and better kept ones the nearest.

        Raises:
            NotReady: the threshold is below the floor of the pairs.
        """
        middle, _ = stars.greedy(*self._stars, self._checked(threshold))
        return self._best[middle[self._place]]

    def curve(self, thresholds: NDArray[np.float64]) -> NDArray[np.int64]:
        """How many rows each threshold keeps, exactly; it may fall where the threshold rises, so do not interpolate.

        Raises:
            NotReady: a threshold is below the floor of the pairs.
        """
        if len(thresholds):
            self._checked(float(np.min(thresholds)))
        return stars.curve(*self._stars, np.asarray(thresholds, np.float32))

    def components(self, threshold: float) -> Ints:
        """The first row of each row's component (all that hangs together through any pair), int32 of shape (n,).

        For splits, where no near-duplicate may cross; as groups they chain, see `chained`.

        Raises:
            NotReady: the threshold is below the floor of the pairs.
        """
        a, b, similarity = self._forest
        joined = stars.labels(len(self._firsts), a, b, _at_least(similarity, self._checked(threshold)))
        return self._firsts[joined][self._one].astype(np.int32)

    def chained(self, threshold: float) -> Chain | None:
        """The largest component, where it holds at least ten rows and 1 % of all and is not one star; else None.

        Raises:
            NotReady: the threshold is below the floor of the pairs.
        """
        component = self.components(threshold)
        sizes = np.bincount(component, minlength=1)
        largest = int(np.argmax(sizes))
        members = int(sizes[largest])
        if members < max(10, self.n / 100):
            return None
        kept = int(np.count_nonzero(self.kept(threshold)[component == largest]))
        return Chain(members, kept) if kept > 1 else None

    def borderline(self, threshold: float, n: int = 10) -> tuple[list[Pair], list[Pair]]:
        """The n pairs just at or above a threshold and the n just below, nearest to it first.

        Raises:
            NotReady: the threshold is below the floor of the pairs.
        """
        cut = _at_least(self._sorted, self._checked(threshold))
        above = self._falling[max(0, cut - n) : cut][::-1]
        return self._listed(above), self._listed(self._falling[cut : cut + n])

    def _listed(self, chosen: NDArray[np.int64]) -> list[Pair]:
        columns = (self.pairs.a[chosen], self.pairs.b[chosen], self.pairs.similarity[chosen])
        return [Pair(*row) for row in zip(*(column.tolist() for column in columns), strict=True)]

    def _checked(self, threshold: float) -> np.float32:
        if np.float32(threshold) < np.float32(self.pairs.floor):
            raise NotReady(
                f"Pairs were searched from a similarity of {self.pairs.floor:.3f} upwards, so {threshold:.3f} is not "
                "known. Choose a higher threshold, or search again with a lower floor."
            )
        return np.float32(threshold)


def _at_least(falling: NDArray[np.float32], threshold: np.float32) -> int:
    """How many of the falling numbers are at or above the threshold."""
    return int(np.searchsorted(-falling, -threshold, side="right"))
