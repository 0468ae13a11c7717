"""Clusters for colouring and browsing a map: HDBSCAN on the positions."""

import numpy as np
from numpy.typing import NDArray

from curation.mapping.clusters import by_size
from curation.mapping.graph import Floats

_CORE = 10
"""Points around a point that say how dense it is there."""
_NEVER_ZERO = 1e-9
"""Added to every distance, because a sparse table takes 0 for nothing."""


def dense_clusters(positions: Floats, smallest: int = 0) -> NDArray[np.int32]:
    """A cluster per point, int32 of shape (n,): 0 is the largest, -1 is for points that lie in none.

    HDBSCAN (Campello, Moulavi, Sander 2013) by scikit-learn, on the edges to the nearest points and those of the
    Delaunay triangulation instead of on all pairs: the time grows with n, not n².

    Args:
        positions: float32 of shape (n, 2).
        smallest: points that the smallest cluster has; 0 for a thousandth of all, at least 10.
    """
    n = len(positions)
    fewest = max(2, smallest or max(10, n // 1000))
    if n < max(2 * _CORE, fewest):
        return np.full(n, -1, np.int32)
    from sklearn.cluster import HDBSCAN

    model = HDBSCAN(min_cluster_size=fewest, min_samples=_CORE, metric="precomputed", copy=True)
    labels = np.asarray(model.fit_predict(_edges(positions.astype(np.float64))), np.int32)
    labels[labels >= 0] = by_size(labels[labels >= 0]) if (labels >= 0).any() else -1
    return labels


def _edges(positions: NDArray[np.float64]) -> object:
    """A symmetric sparse table of distances between points that lie close, in which all hang together."""
    from scipy.sparse import csr_matrix
    from scipy.spatial import Delaunay, cKDTree

    n = len(positions)
    # Points that lie on top of each other would be left out of the triangulation.
    noise = np.random.default_rng(0).uniform(-1e-6, 1e-6, positions.shape)
    shaken = positions + noise * max(float(np.ptp(positions)), 1.0)
    near = cKDTree(shaken).query(shaken, _CORE + 1)[1]
    corners = Delaunay(shaken).simplices
    one = np.concatenate([np.repeat(np.arange(n), _CORE), *corners.T])
    other = np.concatenate([near[:, 1:].ravel(), *np.roll(corners, 1, axis=1).T])
    edges = np.unique(np.sort(np.column_stack([one, other]), axis=1), axis=0)
    edges = np.concatenate([edges, edges[:, ::-1]])
    apart = np.linalg.norm(shaken[edges[:, 0]] - shaken[edges[:, 1]], axis=1) + _NEVER_ZERO
    return csr_matrix((apart, (edges[:, 0], edges[:, 1])), shape=(n, n))
