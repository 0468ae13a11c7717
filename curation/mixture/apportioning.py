"""A whole in proportions → whole numbers."""

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]
NONE_LESS = np.iinfo(np.int64).max // 4
"""A bound that bounds nothing."""


def apportion(total: int, weights: NDArray[np.float64], most: Numbers | None = None) -> Numbers:
    """Divide a number into whole parts in proportion to weights, none above its bound.

    The method of Sainte-Laguë and Webster (Balinski and Young 1982, "Fair Representation"): each further one goes to
    the part with the greatest weight / (2 · part + 1), of equal ones to the first, and a part that is full takes no
    more. So a greater total never makes a part smaller, which rounding to the largest remainders would. The steps are
    not walked one by one: parts are rounded, then put right where rounding was not it.

    Args:
        total: how many there are to divide, 0 or more.
        weights: one per part, 0 or more, not all so small that they vanish in sums.
        most: the largest size of each part; no bounds where it is left out.

    Returns:
        Parts of shape (weights,). They add up to the total, or to less where all that have a weight are full.

    >>> apportion(10, np.array([0.5, 0.3, 0.2])).tolist()
    [5, 3, 2]
    >>> apportion(10, np.array([0.5, 0.3, 0.2]), np.array([2, 9, 9])).tolist()
    [2, 5, 3]
    """
    bounds = np.full(len(weights), NONE_LESS) if most is None else most
    parts = np.zeros(len(weights), np.int64)
    is_open = (weights > 0) & (bounds > 0)
    left = total
    while left > 0 and is_open.any():
        found = _webster(left, weights[is_open])
        parts[is_open] = np.minimum(found, bounds[is_open])
        full = is_open & (parts == bounds)
        if np.array_equal(found, parts[is_open]):
            break
        # Full ones would be full at any larger share, so the others divide what is left among them alone.
        left -= int(bounds[full].sum())
        parts[is_open & ~full] = 0
        is_open &= ~full
    return parts


def _webster(total: int, weights: NDArray[np.float64]) -> Numbers:
    parts: Numbers = np.floor(total * (weights / weights.sum()) + 0.5).astype(np.int64)
    missing = total - int(parts.sum())
    while True:
        next_one = weights / (2 * parts + 1)
        last_one = np.where(parts > 0, weights / np.maximum(2 * parts - 1, 1), np.inf)
        gainer = int(np.argmax(next_one))
        loser = len(parts) - 1 - int(np.argmin(last_one[::-1]))
        if missing == 0 and (-next_one[gainer], gainer) >= (-last_one[loser], loser):
            return parts
        if missing >= 0:
            parts[gainer] += 1
        if missing <= 0:
            parts[loser] -= 1
        missing -= (missing > 0) - (missing < 0)
