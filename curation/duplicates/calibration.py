"""What a threshold costs, told from pairs that people labelled; no threshold is suggested without them."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from curation.errors import NotReady

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

LABELS = 30
"""Fewer labels than this propose no threshold."""
_Z = 1.959963984540054
_RESAMPLES = 1_000
_EDGES = (0.7, 0.75, 0.8, 0.85, 0.9, 0.95)


class Point(NamedTuple):
    """What a threshold costs, by the labels: of what it calls duplicates how many are, of the duplicates how many."""

    threshold: float
    precision: float
    recall: float
    f1: float


@dataclass(frozen=True)
class Proposal:
    """The threshold with the best F1 and how sure that is.

    Args:
        best: the proposed threshold and what it costs.
        low: from here …
        high: … to here lie 95 % of the best thresholds of labels drawn again (bootstrap percentiles).
        curve: every threshold at which something changes, falling.
    """

    best: Point
    low: float
    high: float
    curve: tuple[Point, ...]


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


def band_of(similarity: NDArray[np.float32]) -> NDArray[np.int64]:
    """The band of each similarity, by its place in `bands`."""
    return np.maximum(np.searchsorted(np.array(_EDGES, np.float32), similarity, side="right") - 1, 0)


def bands(similarity: NDArray[np.float32], duplicate: Bools) -> list[Band]:
    """Labelled pairs per band of similarity, every band, the lowest first; what lies below the first is in it."""
    which = band_of(similarity)
    found = []
    for place, low in enumerate(_EDGES):
        inside = which == place
        labels, hits = int(inside.sum()), int((inside & duplicate).sum())
        found.append(Band(low, (*_EDGES[1:], 1.0)[place], labels, hits, *wilson(hits, labels)))
    return found


def weights(labelled: NDArray[np.float32], all_pairs: NDArray[np.float32]) -> Floats:
    """How many pairs each labelled one stands for: all pairs of its band through the labelled ones of it."""
    which = band_of(labelled)
    there = np.bincount(band_of(all_pairs), minlength=len(_EDGES))
    return np.asarray(np.maximum(there, 1)[which] / np.bincount(which, minlength=len(_EDGES))[which], np.float64)


def costs(similarity: NDArray[np.float32], duplicate: Bools, threshold: float, weight: Floats | None = None) -> Point:
    """What a threshold costs by these labels; precision 1 where it joins none of them."""
    counted = np.ones(len(similarity)) if weight is None else weight
    called = similarity >= np.float32(threshold)
    right, positive = counted[called & duplicate].sum(), counted[duplicate].sum()
    precision = right / counted[called].sum() if called.any() else 1.0
    f1 = 2 * right / max(counted[called].sum() + positive, 1e-12)
    return Point(float(threshold), float(precision), float(right / max(positive, 1e-12)), float(f1))


def propose(similarity: NDArray[np.float32], duplicate: Bools, weight: Floats | None = None, seed: int = 0) -> Proposal:
    """The threshold with the best F1 among labelled pairs, with its precision–recall curve and an interval.

    Args:
        similarity: of each labelled pair, float32 of shape (n,).
        duplicate: whether it is one of duplicates.
        weight: how many pairs each stands for, as `weights` gives it; default: each for itself.
        seed: of the labels drawn again.

    Raises:
        NotReady: there are fewer than `LABELS` labels, or all are the same.
    """
    if len(similarity) < LABELS or duplicate.all() or not duplicate.any():
        raise NotReady(
            f"A threshold is proposed from {LABELS} labels of both kinds on; there are {int(duplicate.sum())} "
            f"duplicates and {int((~duplicate).sum())} that are not."
        )
    order = np.argsort(-similarity, kind="stable")
    near, hits = similarity[order], duplicate[order]
    counted = np.ones(len(near)) if weight is None else weight[order]
    last = np.append(near[1:] != near[:-1], True)
    drawn = np.random.default_rng(seed).multinomial(len(near), np.full(len(near), 1 / len(near)), size=_RESAMPLES)
    middle = _between(near)
    chosen = middle[_best(drawn * counted, hits, last)]
    at = int(_best(counted[None], hits, last)[0])
    curve = [costs(similarity, duplicate, float(cut), weight) for cut in middle[last]]
    low, high = np.percentile(chosen, [2.5, 97.5])
    return Proposal(costs(similarity, duplicate, float(middle[at]), weight), float(low), float(high), tuple(curve))


def _between(near: NDArray[np.float32]) -> Floats:
    """The middle between each of the falling similarities and the next lower one, so that neither lies on the cut."""
    levels = np.unique(near).astype(np.float64)
    place = np.searchsorted(levels, near)
    return np.asarray((levels[place] + levels[np.maximum(place - 1, 0)]) / 2, np.float64)


def _best(counted: Floats, hits: Bools, last: Bools) -> NDArray[np.int64]:
    """The place of the best F1 in each row of weights, among places where a threshold can cut."""
    called = np.cumsum(counted, axis=1)
    right = np.cumsum(counted * hits, axis=1)
    f1 = 2 * right / np.maximum(called + right[:, -1:], 1e-12)
    return np.asarray(np.argmax(np.where(last, f1, -1), axis=1), np.int64)
