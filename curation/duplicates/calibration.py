"""What a threshold costs, told from pairs that people labelled; no threshold is suggested without them."""

from bisect import bisect_right
from dataclasses import dataclass
from operator import neg
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from curation.errors import NotReady

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

LABELS = 30
"""Fewer labels than this propose no threshold."""
_RESAMPLES = 1_000
_MOST, _STEPS, _ROUNDED = 2_000, 12, 1e-6
_PRIOR, _RIDGE = np.array([0.0, 2.0]), np.array([0.1, 1.0])
"""A logistic curve over similarities of which the middle of the range is 0 and its ends are 1.5 away."""
Labelled = tuple[NDArray[np.float32], Bools]


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
        curve: what every threshold costs at which something changes, falling.
        levels: the lowest similarity that each of them calls duplicates.
    """

    best: Point
    low: float
    high: float
    curve: tuple[Point, ...]
    levels: tuple[float, ...]

    def at(self, threshold: float) -> Point:
        """What a threshold costs; precision 1 where it joins nothing."""
        called = bisect_right(self.levels, _ROUNDED - threshold, key=neg)
        return self.curve[called - 1]._replace(threshold=threshold) if called else Point(threshold, 1.0, 0.0, 0.0)


def propose(labelled: Labelled, pool: NDArray[np.float32] | None = None, floor: float = 0.7, seed: int = 0) -> Proposal:
    """The threshold with the best expected F1 among all pairs, with its precision–recall curve and an interval.

    How likely a pair of a similarity is one of duplicates is a logistic curve through the labels, drawn towards a
    gentle rise over the range as long as they are few (Platt 1999, with a Gaussian prior on both coefficients). The
    expected F1 of a threshold is 2 Σ p (called) / (called + Σ p); a labelled pair counts as what it was called. A cut
    at the best of the labels alone follows every chance among thirty; `benchmarks/calibration.py` compares the two.

    Args:
        labelled: similarity of each labelled pair, and whether it is one of duplicates.
        pool: the similarities of all pairs, those with labels among them; default: the labelled ones are all.
        floor: the lowest similarity that is known, where the range begins.
        seed: of the labels drawn again.

    Raises:
        NotReady: there are fewer than `LABELS` labels, or all are the same.
    """
    similarity, duplicate = labelled
    if len(similarity) < LABELS or duplicate.all() or not duplicate.any():
        raise NotReady(
            f"A threshold is proposed from {LABELS} labels of both kinds on; there are {int(duplicate.sum())} "
            f"duplicates and {int((~duplicate).sum())} that are not."
        )
    n = len(similarity)
    drawn = np.random.default_rng(seed).multinomial(n, np.full(n, 1 / n), size=_RESAMPLES).astype(np.float64)
    levels, counts, found = _levels(similarity if pool is None else pool, similarity)
    # Row 0 is the labels as they are.
    called, right = _expected(np.vstack([np.ones(n), drawn]), labelled, (levels, counts, found), floor)
    f1, cuts = _f1(called, right), _cuts(levels)
    precision, recall = right[0] / called[0], right[0] / right[0, -1]
    points = zip(cuts.tolist(), precision.tolist(), recall.tolist(), f1[0].tolist(), strict=True)
    curve = tuple(Point(*point) for point in points)
    low, high = np.percentile(cuts[np.argmax(f1[1:], axis=1)], [2.5, 97.5])
    return Proposal(curve[int(np.argmax(f1[0]))], float(low), float(high), curve, tuple(levels.tolist()))


def leaning(labelled: Labelled, pool: NDArray[np.float32], floor: float) -> float:
    """The threshold that a few labels of both kinds lean to: too early to propose, but where to look next."""
    levels, counts, found = _levels(pool, labelled[0])
    called, right = _expected(np.ones((1, len(labelled[0]))), labelled, (levels, counts, found), floor)
    return float(_cuts(levels)[np.argmax(_f1(called, right)[0])])


def _levels(pool: NDArray[np.float32], labelled: NDArray[np.float32]) -> tuple[Floats, Floats, NDArray[np.int64]]:
    """The different similarities, falling, how many pairs have each, and the place of each labelled one among them.

    Rounded to at most a few thousand, which a thousand draws can be followed over.
    """
    places = 6 if len(pool) < _MOST else 3
    levels, counts = np.unique(np.round(pool.astype(np.float64), places), return_counts=True)
    found = len(levels) - 1 - np.searchsorted(levels, np.round(labelled.astype(np.float64), places))
    return (
        np.asarray(levels[::-1], np.float64),
        counts[::-1].astype(np.float64),
        np.asarray(found.clip(0, len(levels) - 1), np.int64),
    )


def _expected(
    drawn: Floats, labelled: Labelled, pool: tuple[Floats, Floats, NDArray[np.int64]], floor: float
) -> tuple[Floats, Floats]:
    """(pairs that each level calls duplicates, how many of them are expected to be), a row for each draw."""
    (similarity, duplicate), (levels, counts, places) = labelled, pool
    middle, scale = (1 + floor) / 2, (1 - floor) / 3
    fitted = _logistic(drawn, (similarity.astype(np.float64) - middle) / scale, duplicate)
    chance = 1 / (1 + np.exp(-(fitted[:, :1] + fitted[:, 1:] * ((levels - middle) / scale))))
    # What a person said takes the place of what the curve expects.
    there = np.zeros((len(places), len(levels)))
    there[np.arange(len(places)), places] = 1
    unknown, known = np.maximum(counts - there.sum(axis=0), 0), drawn @ there
    right = np.cumsum(chance * unknown + (drawn * duplicate) @ there, axis=1)
    return np.cumsum(unknown + known, axis=1), right


def _f1(called: Floats, right: Floats) -> Floats:
    return np.asarray(2 * right / (called + right[:, -1:]), np.float64)


def _cuts(levels: Floats) -> Floats:
    """Between each of the falling levels and the next lower one, so that neither lies on the cut."""
    return np.append((levels[:-1] + levels[1:]) / 2, levels[-1])


def _logistic(drawn: Floats, x: Floats, duplicate: Bools) -> Floats:
    """Intercept and slope for each row of weights, by Newton's method; shape (draws, 2)."""
    fitted = np.tile(_PRIOR, (len(drawn), 1))
    for _ in range(_STEPS):
        chance = 1 / (1 + np.exp(-(fitted[:, :1] + fitted[:, 1:] * x)))
        pull = _RIDGE * (fitted - _PRIOR)
        off, bend = drawn * (duplicate - chance), drawn * chance * (1 - chance)
        slope = np.column_stack([off.sum(axis=1), off @ x]) - pull
        a, b, c = bend.sum(axis=1) + _RIDGE[0], bend @ x, bend @ x**2 + _RIDGE[1]
        fitted += (
            np.column_stack([c * slope[:, 0] - b * slope[:, 1], a * slope[:, 1] - b * slope[:, 0]])
            / ((a * c - b * b)[:, None])
        )
    return fitted
