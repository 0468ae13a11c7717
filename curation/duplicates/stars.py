"""The compiled loops under a threshold: greedy stars, and components from a maximum spanning forest."""

import numpy as np
from numpy.typing import NDArray

from curation.computing.compiled import compiled

Ints = NDArray[np.int32]
Longs = NDArray[np.int64]
Floats = NDArray[np.float32]


@compiled
def neighbours(n: int, better: Ints, worse: Ints, similarity: Floats) -> tuple[Longs, Ints, Floats]:
    """Better neighbours of each row in the order given (falling): where each row's begin, which they are, how near."""
    starts = np.zeros(n + 1, np.int64)
    for e in range(len(worse)):
        starts[worse[e] + 1] += 1
    for i in range(n):
        starts[i + 1] += starts[i]
    fill = starts[:-1].copy()
    which = np.empty(len(worse), np.int32)
    near = np.empty(len(worse), np.float32)
    for e in range(len(worse)):
        at = fill[worse[e]]
        which[at], near[at] = better[e], similarity[e]
        fill[worse[e]] += 1
    return starts, which, near


@compiled
def greedy(starts: Longs, which: Ints, near: Floats, threshold: np.float32) -> tuple[Ints, int]:
    """Go from the best row to the worst; a row joins its nearest kept better neighbour, or is kept."""
    n = len(starts) - 1
    middle = np.empty(n, np.int32)
    kept = 0
    for i in range(n):
        middle[i] = i
        for e in range(starts[i], starts[i + 1]):
            if near[e] < threshold:
                break
            if middle[which[e]] == which[e]:
                middle[i] = which[e]
                break
        kept += middle[i] == i
    return middle, kept


@compiled
def curve(starts: Longs, which: Ints, near: Floats, thresholds: Floats) -> Longs:
    """How many rows each threshold keeps."""
    counts = np.empty(len(thresholds), np.int64)
    for k in range(len(thresholds)):
        counts[k] = greedy(starts, which, near, thresholds[k])[1]
    return counts


@compiled
def _root(parent: Ints, i: int) -> int:
    while parent[i] != i:
        parent[i] = parent[parent[i]]
        i = parent[i]
    return i


@compiled
def _join(parent: Ints, a: int, b: int) -> bool:
    """Join two components under their smallest row; whether they were two."""
    a, b = _root(parent, a), _root(parent, b)
    parent[max(a, b)] = min(a, b)
    return a != b


@compiled
def forest(n: int, a: Ints, b: Ints, similarity: Floats) -> tuple[Ints, Ints, Floats]:
    """The pairs, of those given in falling order, that first join two components (Kruskal)."""
    parent = np.arange(n).astype(np.int32)
    chosen = np.empty(len(a), np.bool_)
    for e in range(len(a)):
        chosen[e] = _join(parent, a[e], b[e])
    return a[chosen], b[chosen], similarity[chosen]


@compiled
def labels(n: int, a: Ints, b: Ints, count: int) -> Ints:
    """The smallest row of each row's component under the first `count` pairs."""
    parent = np.arange(n).astype(np.int32)
    for e in range(count):
        _join(parent, a[e], b[e])
    for i in range(n):
        parent[i] = _root(parent, i)
    return parent
