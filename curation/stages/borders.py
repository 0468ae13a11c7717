"""Bounds of one signal: where they could lie, and which samples are next to them."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from curation.recipe import Labels, Rule, passes

Edge = Literal["least", "most"]
ALL = np.True_
SHARES = (0.01, 0.05, 0.1)
"""Of the measured samples: what bounds are suggested for."""


@dataclass(frozen=True)
class Suggestion:
    """A bound at one end that removes at most this share of the measured samples, and how many it removes."""

    edge: Edge
    share: float
    bound: float
    removed: int


def suggestions(numbers: NDArray[np.float64]) -> list[Suggestion]:
    """The bounds nearest to removing each of `SHARES` at either end without removing more; none that removes nothing.

    Args:
        numbers: one value per sample, NaN where there is none.

    >>> [(one.edge, one.bound, one.removed) for one in suggestions(np.arange(20.0))]
    [('least', 1.0, 1), ('least', 2.0, 2), ('most', 18.0, 1), ('most', 17.0, 2)]
    """
    there = np.sort(numbers[np.isfinite(numbers)])
    found = []
    for share in SHARES if len(there) else ():
        most = int(share * len(there) + 1e-9)
        low, high = there[most], there[len(there) - 1 - most]
        found.append(Suggestion("least", share, float(low), int(np.searchsorted(there, low))))
        above = len(there) - int(np.searchsorted(there, high, "right"))
        found.append(Suggestion("most", share, float(high), above))
    return sorted((one for one in found if one.removed), key=lambda one: (one.edge, one.share))


def border(numbers: NDArray[np.float64], edge: Edge, bound: float, limit: int = 10) -> tuple[list[int], list[int]]:
    """Samples (just inside, just outside) of a bound, nearest first, equal values by number.

    >>> border(np.array([1.0, 2.0, 3.0, 4.0]), "least", 3, 1)
    ([2], [1])
    """
    with np.errstate(invalid="ignore"):
        inside = numbers >= bound if edge == "least" else numbers <= bound
    outside = np.isfinite(numbers) & ~inside
    return _nearest(numbers, inside, bound, limit), _nearest(numbers, outside, bound, limit)


def sides(rule: Rule, found: Labels, about: NDArray[np.bool_] | np.bool_ = ALL) -> tuple[list[int], list[int]]:
    """Ten samples (kept, removed) by a rule on labels among those it is about, the first ones by number."""
    keep = passes(rule, found)
    inside, outside = np.flatnonzero(keep & found.present() & about), np.flatnonzero(~keep & about)
    return inside[:10].tolist(), outside[:10].tolist()


def _nearest(numbers: NDArray[np.float64], mask: NDArray[np.bool_], bound: float, limit: int) -> list[int]:
    rows = np.flatnonzero(mask)
    nearest: list[int] = rows[np.argsort(np.abs(numbers[rows] - bound), kind="stable")[:limit]].tolist()
    return nearest
