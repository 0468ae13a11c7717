"""In which order samples go out."""

import numpy as np
from numpy.typing import NDArray

from curation.recipe.mixture import Order


def arrange(chance: NDArray[np.int64], order: Order, values: NDArray[np.float64] | None = None) -> NDArray[np.int64]:
    """Positions in the order in which they go out.

    Args:
        chance: the positions in an order by chance, which decides between equal values.
        order: the order that is wished.
        values: one per position, for the orders that go by it; those without one (NaN) come last.

    >>> arrange(np.array([2, 0, 1]), "falling", np.array([5.0, np.nan, 7.0])).tolist()
    [2, 0, 1]
    """
    if order == "as collected":
        return np.sort(chance)
    if order == "shuffled" or values is None:
        return chance
    ranked = values[chance] if order == "rising" else -values[chance]
    return chance[np.argsort(ranked, kind="stable")]
