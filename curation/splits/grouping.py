"""Edges → groups: whatever is connected by any kind of edge belongs together."""

import numpy as np
from numpy.typing import ArrayLike, NDArray


def union_groups(n: int, *edges: ArrayLike) -> NDArray[np.int64]:
    """Label n items so that two items have one label exactly when a chain of edges connects them.

    Give each kind of edge (near-duplicates, shared parents) as one argument of shape (k, 2). A label is the smallest
    index of its group, so the order of the edges does not matter. Every root takes the smallest root next to it, all
    at once, then every item its root, until nothing changes (Shiloach and Vishkin, 1982, "An O(log n) parallel
    connectivity algorithm").

    Returns:
        int64 of shape (n,).

    Raises:
        IndexError: an edge names an item outside 0 … n - 1.

    >>> union_groups(5, [(0, 3)], [(4, 3)]).tolist()
    [0, 1, 2, 0, 0]
    """
    ends = np.concatenate([np.empty((0, 2), np.int64), *(np.asarray(kind, np.int64).reshape(-1, 2) for kind in edges)])
    if ends.size and (ends.min() < 0 or ends.max() >= n):
        raise IndexError(f"an edge names an item outside 0 … {n - 1}")
    labels = np.arange(n)
    while len(ends):
        roots = labels[ends]
        ends, roots = (part[roots[:, 0] != roots[:, 1]] for part in (ends, roots))
        np.minimum.at(labels, roots.max(axis=1), roots.min(axis=1))
        while not np.array_equal(labels, above := labels[labels]):
            labels = above
    return labels
