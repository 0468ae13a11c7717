"""Pairs that a split tore apart."""

import numpy as np
from numpy.typing import ArrayLike, NDArray


def torn(places: NDArray[np.int64], pairs: ArrayLike) -> NDArray[np.int64]:
    """The pairs whose two samples lie in different splits.

    Args:
        places: per sample a bit for each split that it lies in, 0 where it is in none.
        pairs: places of samples of shape (k, 2). A pair with a sample in no split is not torn: it does not go out.

    >>> torn(np.array([1, 2, 2, 0]), [(0, 1), (1, 2), (0, 3)]).tolist()
    [[0, 1]]
    """
    ends = np.asarray(pairs, np.int64).reshape(-1, 2)
    a, b = places[ends[:, 0]], places[ends[:, 1]]
    both = a | b
    apart: NDArray[np.bool_] = (a != 0) & (b != 0) & (both & (both - 1) != 0)
    return ends[apart]
