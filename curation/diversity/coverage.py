"""How near two collections of texts come to each other, each seen from the other, by their vectors."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from curation.methods import Vectors

Progress = Callable[[int, int], None]
Ints = NDArray[np.int32]
Floats = NDArray[np.float32]
_ROWS = 512
_ROUNDING = np.float32(1e-6)
"""Equal rows are no further apart than this by the rounding of float32."""


@dataclass(frozen=True, eq=False)
class Nearest:
    """The nearest rows of two sets, both ways: places (int32) and distances (1 - cosine, float32, 0 to 2).

    Args:
        of_items: for each item of the reference the place of its nearest sample.
        item_distance: how far that is.
        of_samples: for each sample the place of its nearest item of the reference.
        sample_distance: how far that is.
    """

    of_items: Ints
    item_distance: Floats
    of_samples: Ints
    sample_distance: Floats


def nearest(samples: Vectors, items: Vectors, progress: Progress | None = None) -> Nearest:
    """The nearest sample of every item and the nearest item of every sample, exactly, in one look at all pairs.

    Of equally near ones the earlier is taken.

    Args:
        samples: float32 unit rows of shape (n, dimension), n ≥ 1.
        items: float32 unit rows of shape (m, dimension), m ≥ 1.
        progress: called with (samples done, n); what it raises stops the search.

    Raises:
        ValueError: a side is empty.
    """
    if not len(samples) or not len(items):
        raise ValueError("both sides need a row")
    n, m = len(samples), len(items)
    of_items, best = np.zeros(m, np.int32), np.full(m, -np.inf, np.float32)
    of_samples, closest = np.empty(n, np.int32), np.empty(n, np.float32)
    for start in range(0, n, _ROWS):
        block = samples[start : start + _ROWS] @ items.T
        of_samples[start : start + _ROWS] = block.argmax(axis=1)
        closest[start : start + _ROWS] = block.max(axis=1)
        row, found = block.argmax(axis=0), block.max(axis=0)
        better = found > best
        of_items[better], best[better] = row[better] + start, found[better]
        if progress is not None:
            progress(min(n, start + _ROWS), n)
    return Nearest(of_items, _away(best), of_samples, _away(closest))


def share_within(distances: Floats, steps: Sequence[float]) -> list[float]:
    """The share of the distances that are at most as large as each step, 0 to 1; 0 where there are none.

    >>> share_within(np.array([0.1, 0.2, 0.4, 0.4], np.float32), [0.0, 0.2, 0.4])
    [0.0, 0.5, 1.0]
    """
    if not len(distances):
        return [0.0 for _ in steps]
    ordered = np.sort(distances)
    found = np.searchsorted(ordered, np.asarray(steps, np.float32), side="right")
    return [float(count) / len(ordered) for count in found]


def _away(similarity: Floats) -> Floats:
    far = (1 - similarity).clip(0, 2)
    return np.where(far < _ROUNDING, np.float32(0), far)
