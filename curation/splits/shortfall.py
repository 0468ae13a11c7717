"""Splits that are not as large as was asked, and the group of samples that is to blame."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from curation.splits.sizes import Sizes

TOLERANCE = Fraction(1, 100)
"""Of its size, by which a split that was asked for as a share may be off."""


@dataclass(frozen=True)
class Shortfall:
    """A split with more or fewer samples than were asked for.

    Args:
        split: its name.
        asked: samples, rounded.
        got: samples.
        label: of the group that is to blame: the largest one in the split that has the most too many.
        members: samples of that group.
        inside: the split that it lies in.
        room: samples that were asked for there, rounded.
    """

    split: str
    asked: int
    got: int
    label: int
    members: int
    inside: str
    room: int


def shortfalls(dealt: Sequence[str], groups: NDArray[np.int64], sizes: Sizes) -> list[Shortfall]:
    """The splits that are off by a sample or more, and by more than 1 % of their size unless that is a count.

    Args:
        dealt: a split per sample.
        groups: a label per sample.
        sizes: how many samples each split was to get.

    >>> found = shortfalls(["a", "a", "a", "b"], np.array([0, 0, 0, 3]), Sizes({"a": Fraction(2), "b": Fraction(2)}))
    >>> [(one.split, one.asked, one.got, one.members, one.inside) for one in found]
    [('a', 2, 3, 3, 'a'), ('b', 2, 1, 3, 'a')]
    """
    names = list(sizes.wanted)
    places = {name: place for place, name in enumerate(names)}
    at = np.array([places[name] for name in dealt], np.int64)
    got = dict(zip(names, np.bincount(at, minlength=len(names)).tolist(), strict=True))
    over = {name: got[name] - sizes.wanted[name] for name in names}
    off = [name for name in names if abs(over[name]) >= 1 and abs(over[name]) > _spare(name, sizes)]
    found = []
    for name in off:
        inside = name if over[name] > 0 else max(names, key=over.__getitem__)
        labels, members = np.unique(groups[at == places[inside]], return_counts=True)
        most = int(members.argmax())
        blamed = int(labels[most]), int(members[most]), inside, round(sizes.wanted[inside])
        found.append(Shortfall(name, round(sizes.wanted[name]), got[name], *blamed))
    return found


def _spare(name: str, sizes: Sizes) -> Fraction:
    return Fraction(0) if name in sizes.exact else sizes.wanted[name] * TOLERANCE
