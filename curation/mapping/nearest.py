"""The nearest rows of every row, exactly."""

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray

from curation.computing.compiled import compiled
from curation.computing.dot import dot
from curation.mapping.bounding import Bounds, bounds
from curation.methods import Vectors

Progress = Callable[[int, int], None]
Ints = NDArray[np.int32]
Floats = NDArray[np.float32]
Found = tuple[Ints, Floats, Floats, np.float32]
"""Per row a heap of the nearest so far, the least near first: names, cosines; the bound that is of interest; and how
far a bound may lie below what it stands for."""

_ROWS, _COLUMNS = 256, 2048
_CELLS = 256
_AHEAD = 4


def neighbours(vectors: Vectors, k: int, progress: Progress | None = None) -> tuple[Ints, Floats]:
    """The k most similar other rows of every row, most similar first, of equally similar ones the earlier first.

    Short rows whose dot products are never below the cosines (see `bounding.py`) rule out nearly all pairs at half the
    price; what is left is computed in float64. So the result depends neither on the order of the work nor on how many
    threads multiply.

    Args:
        vectors: float32 unit rows of shape (n, dimension).
        k: how many; at most n - 1 are given.
        progress: called with (rows done, n) after each block of rows; what it raises stops the search.

    Returns:
        positions (int32) and cosines (float32), both of shape (n, min(k, n - 1)).
    """
    n = len(vectors)
    k = max(0, min(k, n - 1))
    if not k:
        return np.zeros((n, 0), np.int32), np.zeros((n, 0), np.float32)
    names = _by_cell(np.ascontiguousarray(vectors, np.float32))
    rows = np.ascontiguousarray(vectors, np.float32)[names]
    short = bounds(rows)
    which, near = np.full((n, k), -1, np.int32), np.full((n, k), -np.inf, np.float32)
    found = which, near, np.full(n, -np.inf, np.float32), short.slack
    for start, column, block in _products(short, n):
        _take(block, rows, names, (start, column), found)
        if progress is not None and column + block.shape[1] == n and column >= start + _ROWS:
            progress(start + len(block), n)
    if progress is not None:
        progress(n, n)
    order = np.lexsort((which, -near), axis=1)
    back = np.argsort(names)
    return np.take_along_axis(which, order, 1)[back], np.take_along_axis(near, order, 1)[back]


def nearest_among(queries: Vectors, vectors: Vectors, k: int) -> tuple[Ints, Floats]:
    """The k rows of `vectors` that are most similar to each query, most similar first.

    Args:
        queries: float32 unit rows of shape (m, dimension).
        vectors: float32 unit rows of shape (n, dimension).
        k: how many; at most n are given.

    Returns:
        positions in `vectors` (int32) and cosines (float32), both of shape (m, min(k, n)).
    """
    k = min(k, len(vectors))
    which, near = np.empty((len(queries), k), np.int32), np.empty((len(queries), k), np.float32)
    for start in range(0, len(queries), _ROWS):
        part = queries[start : start + _ROWS]
        best = np.argpartition(-(part @ vectors.T), k - 1, axis=1)[:, :k]
        # once more in float64, so that the last digit does not hang on the number of threads
        cosines = np.einsum("ij,ikj->ik", part.astype(np.float64), vectors[best].astype(np.float64)).astype(np.float32)
        order = np.lexsort((best, -cosines), axis=1)
        which[start : start + _ROWS] = np.take_along_axis(best, order, 1)
        near[start : start + _ROWS] = np.take_along_axis(cosines, order, 1)
    return which, near


def _by_cell(rows: Floats) -> Ints:
    """The rows in the order of which of some rows spread over all they are most similar to."""
    centres = rows[:: max(1, len(rows) // _CELLS)]
    return np.argsort((rows @ centres.T).argmax(axis=1), kind="stable").astype(np.int32)


def _blocks(n: int) -> Iterator[tuple[int, int, int]]:
    """First row, first column and columns of each block; rows of one cell first, which raises the bar for the rest."""
    for start in range(0, n, _ROWS):
        yield start, start, _ROWS
    for start in range(0, n, _ROWS):
        for column in range(start + _ROWS, n, _COLUMNS):
            yield start, column, _COLUMNS


def _products(short: Bounds, n: int) -> Iterator[tuple[int, int, Floats]]:
    """Each block with its dot products, made on another core while the one before is looked at.

    One thread multiplies: the threads of a matrix product wait for one another by spinning, so that one busy neighbour
    makes two of them ten times as slow as one.
    """
    from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

    def product(start: int, column: int, columns: int) -> Floats:
        return short.product(slice(start, start + _ROWS), slice(column, column + columns))

    with threadpool_limits(1, "blas"), ThreadPoolExecutor(1) as other:
        ahead: deque[tuple[int, int, Future[Floats]]] = deque()
        for start, column, columns in _blocks(n):
            ahead.append((start, column, other.submit(product, start, column, columns)))
            if len(ahead) > _AHEAD:
                yield _first(ahead)
        while ahead:
            yield _first(ahead)


def _first(ahead: "deque[tuple[int, int, Future[Floats]]]") -> tuple[int, int, Floats]:
    start, column, future = ahead.popleft()
    return start, column, future.result()


@compiled
def _take(block: Floats, rows: Floats, names: Ints, place: tuple[int, int], found: Found) -> None:
    """Offer every cell above the diagonal to both of its rows, 32 at a time: most hold nothing of interest."""
    start, column = place
    bar = found[2]
    for row in range(block.shape[0]):
        i = start + row
        for at in range(max(0, i + 1 - column), block.shape[1], 32):
            cells, bars = block[row, at : at + 32], bar[column + at : column + at + 32]
            lowest, above = bar[i], 0
            for b in range(len(cells)):
                above += cells[b] >= min(lowest, bars[b])
            if above:
                _offer(cells, rows, names, (i, column + at), found)


@compiled
def _offer(bounds: Floats, rows: Floats, names: Ints, place: tuple[int, int], found: Found) -> None:
    i, first = place
    bar = found[2]
    for at in range(len(bounds)):
        j = first + at
        if bounds[at] >= bar[i] or bounds[at] >= bar[j]:
            similarity = np.float32(dot(rows[i], rows[j]))
            _insert(i, names[j], similarity, found)
            _insert(j, names[i], similarity, found)


@compiled
def _insert(row: int, name: int, similarity: np.float32, found: Found) -> None:
    """Put a name in place of the least near one of a row's heap, if it is nearer, or as near and earlier."""
    which, near = found[0][row], found[1][row]
    if similarity < near[0] or (similarity == near[0] and name > which[0]):
        return
    at = 0
    while 2 * at + 1 < len(near):
        child = 2 * at + 1
        if child + 1 < len(near) and _is_behind(near, which, child + 1, near[child], which[child]):
            child += 1
        if not _is_behind(near, which, child, similarity, name):
            break
        which[at], near[at] = which[child], near[child]
        at = child
    which[at], near[at] = name, similarity
    found[2][row] = near[0] - found[3]


@compiled
def _is_behind(near: Floats, which: Ints, at: int, similarity: np.float32, name: int) -> bool:
    return bool(near[at] < similarity or (near[at] == similarity and which[at] > name))
