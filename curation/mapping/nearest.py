"""The nearest rows of every row, exactly."""

from collections.abc import Callable
from typing import TypeVar, cast

import numba
import numpy as np
from numpy.typing import NDArray

from curation.methods import Vectors

Progress = Callable[[int, int], None]
Ints = NDArray[np.int32]
Floats = NDArray[np.float32]
Loop = TypeVar("Loop", bound=Callable[..., object])

_ROWS, _COLUMNS = 256, 2048


def _compiled(loop: Loop) -> Loop:
    return cast("Loop", numba.njit(cache=True, nogil=True)(loop))


def neighbours(vectors: Vectors, k: int, progress: Progress | None = None) -> tuple[Ints, Floats]:
    """The k most similar other rows of every row, most similar first.

    Of equally similar rows the earlier comes first; which of them is the last to get in is fixed, but arbitrary.

    Args:
        vectors: float32 unit rows of shape (n, dimension).
        k: how many; at most n - 1 are given.
        progress: called with (rows done, n) after each block of rows; what it raises stops the search.

    Returns:
        positions (int32) and cosines (float32), both of shape (n, min(k, n - 1)).
    """
    rows = np.ascontiguousarray(vectors, np.float32)
    n = len(rows)
    k = max(0, min(k, n - 1))
    which, near = np.full((n, k), -1, np.int32), np.full((n, k), -np.inf, np.float32)
    for start in range(0, n, _ROWS):
        for column in range(start, n if k else 0, _COLUMNS):
            _take(rows[start : start + _ROWS] @ rows[column : column + _COLUMNS].T, start, column, which, near)
        if progress is not None:
            progress(min(start + _ROWS, n), n)
    order = np.lexsort((which, -near), axis=1)
    return np.take_along_axis(which, order, 1), np.take_along_axis(near, order, 1)


@_compiled
def _push(which: Ints, near: Floats, j: int, similarity: float) -> None:
    """Put a row in place of the least similar one of a heap whose least similar one comes first."""
    at = 0
    while 2 * at + 1 < len(near):
        child = 2 * at + 1
        if child + 1 < len(near) and near[child + 1] < near[child]:
            child += 1
        if near[child] >= similarity:
            break
        which[at], near[at] = which[child], near[child]
        at = child
    which[at], near[at] = j, similarity


@_compiled
def _take(block: Floats, start: int, column: int, which: Ints, near: Floats) -> None:
    """Offer every cell above the diagonal to both of its rows."""
    for row in range(block.shape[0]):
        i = start + row
        for at in range(max(0, i + 1 - column), block.shape[1]):
            j, similarity = column + at, block[row, at]
            if similarity > near[i, 0]:
                _push(which[i], near[i], j, similarity)
            if similarity > near[j, 0]:
                _push(which[j], near[j], i, similarity)
