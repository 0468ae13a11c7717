"""Orders that depend on what the samples are, never on where they stand."""

import hashlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray


def shuffled(ids: Sequence[str], seed: int | str) -> NDArray[np.int64]:
    """Positions in an order by chance: that of the SHA-256 of seed and id."""
    keys = [hashlib.sha256(f"{seed}\n{name}".encode("utf-8", "surrogatepass")).digest() for name in ids]
    return np.array(sorted(range(len(ids)), key=keys.__getitem__), np.int64)


def best_first(values: NDArray[np.float64], ids: Sequence[str], seed: int = 0) -> NDArray[np.int64]:
    """Positions from the highest value to the lowest; those without one (NaN) come last, ties by chance."""
    order = shuffled(ids, seed)
    return order[np.argsort(-np.nan_to_num(values[order], nan=-np.inf), kind="stable")]
