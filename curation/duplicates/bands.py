"""How many labelled pairs are duplicates, by ranges of similarity, with an interval."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

BANDS = 6
_Z = 1.959963984540054


class Band(NamedTuple):
    """How many labelled pairs of a range of similarities are duplicates.

    Args:
        low: the first similarity that belongs to it.
        high: the first that does not; 1 belongs to the last band.
        labels: labelled pairs.
        duplicates: how many of them are duplicates.
        least: lower end of the 95 % Wilson interval of their share.
        most: upper end.
    """

    low: float
    high: float
    labels: int
    duplicates: int
    least: float
    most: float


def wilson(hits: int, n: int) -> tuple[float, float]:
    """95 % interval of a share (Wilson 1927, doi:10.1080/01621459.1927.10502953); (0, 1) where nothing is known.

    >>> [round(end, 3) for end in wilson(8, 10)]
    [0.49, 0.943]
    """
    if not n:
        return 0.0, 1.0
    share = hits / n
    middle = (share + _Z**2 / (2 * n)) / (1 + _Z**2 / n)
    half = _Z / (1 + _Z**2 / n) * (share * (1 - share) / n + _Z**2 / (4 * n**2)) ** 0.5
    return max(0.0, middle - half), min(1.0, middle + half)


def band_of(similarity: NDArray[np.float32], floor: float = 0.7) -> NDArray[np.int64]:
    """The band of each similarity, by its place in `bands`."""
    return np.maximum(np.searchsorted(_edges(floor), similarity, side="right") - 1, 0)


def bands(similarity: NDArray[np.float32], duplicate: NDArray[np.bool_], floor: float = 0.7) -> list[Band]:
    """Labelled pairs per band of similarity, six of them from the floor to 1; what lies below the first is in it."""
    which = band_of(similarity, floor)
    edges = [*np.round(_edges(floor), 3).tolist(), 1.0]
    found = []
    for place in range(BANDS):
        inside = which == place
        labels, hits = int(inside.sum()), int((inside & duplicate).sum())
        found.append(Band(round(edges[place], 3), round(edges[place + 1], 3), labels, hits, *wilson(hits, labels)))
    return found


def _edges(floor: float) -> NDArray[np.float32]:
    return np.linspace(floor, 1, BANDS + 1)[:-1].round(6).astype(np.float32)
