"""Which samples of each label go out, and how often."""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from curation.mixture.apportioning import apportion

Numbers = NDArray[np.int64]


def draw(codes: Numbers, human: NDArray[np.bool_], order: Numbers, got: Sequence[int], least: float) -> Numbers:
    """Draw samples by chance, and those that people wrote before the others as far as their share needs it.

    A label that gives more than it has gives all of its samples as often as the others, and some once more.

    Args:
        codes: the place of each sample's label, of shape (n,).
        human: whether people wrote it, of shape (n,).
        order: positions of the samples in an order by chance.
        got: how many samples each label gives.
        least: the share of what goes out that people are to have written.

    Returns:
        How often each sample goes out, of shape (n,).

    >>> human = np.array([False, False, True, False])
    >>> draw(np.zeros(4, np.int64), human, np.arange(4), [2], 0.5).tolist()
    [1, 0, 1, 0]
    """
    labels = [_Label(positions, human[positions], number) for positions, number in _by_label(codes, order, got)]
    missing = math.ceil(round(least * sum(got), 6)) - sum(label.human for label in labels)
    room = np.array([label.room for label in labels], np.int64)
    more = apportion(max(0, missing), room.astype(np.float64), room).tolist()
    times = np.zeros(len(codes), np.int64)
    for label, extra in zip(labels, more, strict=True):
        label.take(times, extra)
    return times


def _by_label(codes: Numbers, order: Numbers, got: Sequence[int]) -> list[tuple[Numbers, int]]:
    """(positions in the order by chance, how many go out) of each label of which some do."""
    sorted_by_code = order[np.argsort(codes[order], kind="stable")]
    ends = np.cumsum(np.bincount(codes, minlength=len(got)))
    parts = np.split(sorted_by_code, ends[:-1]) if len(ends) else []
    return [(part, number) for part, number in zip(parts, got, strict=True) if number]


class _Label:
    """The samples of one label: all of them `rounds` times, and `rest` of them once more."""

    def __init__(self, positions: Numbers, human: NDArray[np.bool_], number: int) -> None:
        self._people, self._models = positions[human], positions[~human]
        self._rounds, self._rest = divmod(number, len(positions))
        self._drawn = int(human[: self._rest].sum())
        self.human = self._rounds * len(self._people) + self._drawn
        self.room = min(self._rest, len(self._people)) - self._drawn

    def take(self, times: Numbers, more: int) -> None:
        """Count them, with so many more that people wrote in the place of others."""
        times[self._people] += self._rounds
        times[self._models] += self._rounds
        times[self._people[: self._drawn + more]] += 1
        times[self._models[: self._rest - self._drawn - more]] += 1
