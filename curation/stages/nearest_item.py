"""Of some known texts, the one that means most nearly the same, block by block."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from curation.methods import Vectors

_ROWS, _COLUMNS = 1024, 16_384


def nearest(
    vectors: Vectors, known: Vectors, look: Callable[[], None] = lambda: None
) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """The place in `known` of the row that is most similar to each of `vectors`, and their cosine.

    Args:
        vectors: float32 unit rows (n, d).
        known: float32 unit rows (m, d), m at least 1.
        look: called between blocks; what it raises stops the search.
    """
    which, best = np.zeros(len(vectors), np.int64), np.full(len(vectors), -np.inf, np.float32)
    for row in range(0, len(vectors), _ROWS):
        rows = slice(row, row + _ROWS)
        for column in range(0, len(known), _COLUMNS):
            cosines = vectors[rows] @ known[column : column + _COLUMNS].T
            places = cosines.argmax(axis=1)
            found = np.take_along_axis(cosines, places[:, None], axis=1)[:, 0]
            nearer = found > best[rows]
            which[rows] = np.where(nearer, places + column, which[rows])
            best[rows] = np.where(nearer, found, best[rows])
        look()
    return which, best.clip(-1, 1)
