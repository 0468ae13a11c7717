"""Nearest rows → the weighted graph that UMAP lays out."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from curation.computing.compiled import compiled
from curation.layouts import Metric

Ints = NDArray[np.int32]
Floats = NDArray[np.float32]
_ROUNDS = 64


class Graph(NamedTuple):
    """Who is pulled towards whom: the edges of row i are `first[i]` … `first[i + 1]`.

    Args:
        first: int64 of shape (rows + 1,).
        other: int32, the row at the other end of each edge.
        weight: float32, 0 to 1.
    """

    first: NDArray[np.int64]
    other: Ints
    weight: Floats


def distances(cosines: Floats, metric: Metric) -> Floats:
    """How far apart unit vectors of these cosines are."""
    apart = np.maximum(0, 1 - cosines)
    return apart if metric == "cosine" else np.sqrt(2 * apart)


def memberships(apart: Floats) -> Floats:
    """How much each of the nearest rows belongs to a row's surroundings, float32 of shape (n, k), 0 to 1.

    exp(-(d - nearest) / scale), where the scale makes the sum log2(k + 1) (McInnes, Healy, Melville 2018, section 3.1).

    Args:
        apart: float32 of shape (n, k): distances to the nearest other rows, ascending.
    """
    return _memberships(apart.astype(np.float64), float(np.log2(apart.shape[1] + 1)))


def fuzzy_union(which: Ints, belong: Floats) -> Graph:
    """The graph in which two rows are joined as strongly as either says: a + b - a b."""
    from scipy.sparse import csr_matrix

    n, k = which.shape
    own = csr_matrix((belong.ravel(), which.ravel(), np.arange(0, n * k + 1, k)), shape=(n, n))
    other = own.T.tocsr()
    joined = (own + other - own.multiply(other)).tocsr()
    joined.sort_indices()
    return Graph(joined.indptr.astype(np.int64), joined.indices.astype(np.int32), joined.data.astype(np.float32))


@compiled
def _memberships(apart: NDArray[np.float64], wanted: float) -> Floats:
    n, k = apart.shape
    found = np.empty((n, k), np.float32)
    mean = apart.mean()
    for i in range(n):
        nearest = 0.0
        for at in range(k):
            if apart[i, at] > 0:
                nearest = apart[i, at]
                break
        least = 1e-3 * (apart[i].sum() / (k + 1) if nearest > 0 else mean)
        scale = max(_scale(apart[i] - nearest, wanted), least, 1e-12)
        for at in range(k):
            found[i, at] = np.exp(-max(0.0, apart[i, at] - nearest) / scale)
    return found


@compiled
def _scale(beyond: NDArray[np.float64], wanted: float) -> float:
    low, high, scale = 0.0, np.inf, 1.0
    for _ in range(_ROUNDS):
        total = 0.0
        for distance in beyond:
            total += np.exp(-max(0.0, distance) / scale)
        if abs(total - wanted) < 1e-5:
            break
        if total > wanted:
            high = scale
        else:
            low = scale
        scale = 2 * scale if high == np.inf else (low + high) / 2
    return scale
