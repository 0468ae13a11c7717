"""Clusters for colouring and browsing a map: k-means on the vectors."""

import numpy as np
from numpy.typing import NDArray

from curation.methods import Vectors

FEWEST, MOST = 4, 40
_LARGE = 10_000
"""Rows from which k-means looks at batches: much faster, hardly worse."""


def cluster(vectors: Vectors, seed: int = 42, k: int | None = None) -> NDArray[np.int32]:
    """A cluster per row by k-means, int32 of shape (n,): 0 is the largest; of equally large ones the earlier first.

    Args:
        vectors: float32 unit rows of shape (n, dimension).
        seed: of the first centres.
        k: how many clusters, at most as many as there are different rows. Default: the square root of n / 2, a common
            rule of thumb, between 4 and 40.

    Raises:
        ValueError: k is below 1.
    """
    if k is not None and k < 1:
        raise ValueError(f"there must be at least one cluster, not {k}")
    if not len(vectors):
        return np.empty(0, np.int32)
    wanted = k or int(np.clip(round(np.sqrt(len(vectors) / 2)), FEWEST, MOST))
    different = len(np.unique(vectors, axis=0)) if len(vectors) < _LARGE else len(vectors)
    return by_size(_k_means(np.ascontiguousarray(vectors, np.float32), min(wanted, different), seed))


def centre_distances(vectors: Vectors, labels: NDArray[np.int32]) -> NDArray[np.float32]:
    """1 - cosine of every row with the mean direction of its cluster, float32 of shape (n,), 0 to 2.

    Far rows are outliers of what they were grouped with. A cluster whose rows cancel out is at distance 1 from all.

    Args:
        vectors: float32 unit rows of shape (n, dimension).
        labels: int32 of shape (n,), 0 and up.
    """
    sums = np.zeros((int(labels.max(initial=-1)) + 1, vectors.shape[1]))
    for label in range(len(sums)):
        sums[label] = vectors[labels == label].sum(axis=0, dtype=np.float64)
    lengths = np.linalg.norm(sums, axis=1, keepdims=True)
    centres = np.divide(sums, lengths, out=np.zeros_like(sums), where=lengths > 1e-9)
    return np.asarray(1 - np.einsum("ij,ij->i", vectors, centres[labels]), np.float32).clip(0, 2)


def _k_means(rows: Vectors, k: int, seed: int) -> NDArray[np.int32]:
    from sklearn.cluster import KMeans, MiniBatchKMeans

    if len(rows) < _LARGE:
        model = KMeans(k, random_state=seed, n_init=3)
    else:
        model = MiniBatchKMeans(k, random_state=seed, n_init=3, batch_size=4096)
    return np.asarray(model.fit_predict(rows), np.int32)


def by_size(labels: NDArray[np.int32]) -> NDArray[np.int32]:
    """Numbered anew, from the largest to the smallest."""
    _, first, inverse, sizes = np.unique(labels, return_index=True, return_inverse=True, return_counts=True)
    rank = np.empty(len(sizes), np.int32)
    rank[np.lexsort((first, -sizes))] = np.arange(len(sizes), dtype=np.int32)
    return rank[inverse]
