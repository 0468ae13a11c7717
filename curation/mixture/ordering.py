"""In which order samples go out."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from curation.computing.order import shuffled
from curation.recipe.mixture import Order

Numbers = NDArray[np.int64]


def arrange(
    times: Numbers, ids: Sequence[str], order: Order, seed: int, values: NDArray[np.float64] | None = None
) -> Numbers:
    """Positions in the order in which they go out, each as often as it does.

    As collected, all go out once before any goes out again; shuffled, each time has a place of its own.

    Args:
        times: how often each goes out, of shape (n,).
        ids: theirs.
        order: the order that is wished.
        seed: of what goes by chance: the shuffled order, and which of equal values comes first.
        values: for the orders that go by it, one per position; those without one (NaN) come last.

    >>> arrange(np.array([1, 2, 0]), ["a", "b", "c"], "as collected", 0).tolist()
    [0, 1, 1]
    >>> arrange(np.array([1, 2, 1]), ["a", "b", "c"], "falling", 0, np.array([5.0, np.nan, 7.0])).tolist()
    [2, 0, 1, 1]
    """
    rounds = [np.flatnonzero(times > done) for done in range(int(times.max(initial=0)))]
    units = np.concatenate([np.zeros(0, np.int64), *rounds])
    if order == "as collected":
        return units
    names = [f"{ids[at]} {done}" if done else ids[at] for done, each in enumerate(rounds) for at in each.tolist()]
    chance = shuffled(names, f"order {seed}")
    if order == "shuffled" or values is None:
        return units[chance]
    ranked = values[units[chance]] * (-1 if order == "falling" else 1)
    return units[chance[np.argsort(ranked, kind="stable")]]
