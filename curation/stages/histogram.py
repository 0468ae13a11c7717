"""How a signal is spread: bars for a chart and a few quantiles."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

BARS = 50
TAIL = 0.005
"""Share of the values at each end that is gathered in the first and the last bar, so that a long tail hides nothing."""
QUANTILES = (0.0, 0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99, 1.0)


@dataclass(frozen=True)
class Bar:
    """Samples with a value from `low` to `high`, both included, drawn from `left` to `right`."""

    left: float
    right: float
    low: float
    high: float
    samples: int


@dataclass(frozen=True)
class Spread:
    """Bars from low to high and how far a bar reaches below its lowest value (0.5 for whole numbers, else 0)."""

    bars: tuple[Bar, ...]
    margin: float


def spread(numbers: NDArray[np.float64], most: int = BARS) -> Spread:
    """At most so many bars of equal width; whole numbers fall into bars of a whole width.

    >>> [bar.samples for bar in spread(np.array([0.0, 0.0, 1.0, np.nan])).bars]
    [2, 1]
    """
    there = numbers[np.isfinite(numbers)]
    if not len(there):
        return Spread((), 0.0)
    whole = bool((there == np.floor(there)).all())
    edges = _edges(there, most, whole=whole)
    margin = 0.5 if whole else 0.0
    places = np.clip(np.searchsorted(edges, there, side="right") - 1, 0, len(edges) - 2)
    counts = np.bincount(places, minlength=len(edges) - 1)
    last = len(counts) - 1
    bars = []
    for i, n in enumerate(counts.tolist()):
        left, right = float(edges[i]), float(edges[i + 1])
        low = min(float(there.min()), left) if i == 0 else left
        high = right - 1 if whole else float(np.nextafter(right, left))
        high = max(float(there.max()), left) if i == last else high
        bars.append(Bar(left - margin, right - margin, low, high, n))
    return Spread(tuple(bars), margin)


def quantiles(numbers: NDArray[np.float64]) -> list[tuple[float, float]]:
    """(share of the samples at or below, value), for the measured values; empty where there are none."""
    there = numbers[np.isfinite(numbers)]
    if not len(there):
        return []
    values = np.quantile(there, QUANTILES, method="inverted_cdf")
    return list(zip(QUANTILES, values.tolist(), strict=True))


def _edges(there: NDArray[np.float64], most: int, *, whole: bool) -> NDArray[np.float64]:
    low, high = np.quantile(there, [TAIL, 1 - TAIL], method="inverted_cdf").tolist()
    if there.max() - there.min() < most and whole:
        low, high = float(there.min()), float(there.max())
    if whole:
        width = float(np.ceil((high - low + 1) / most))
        return np.asarray(low + width * np.arange(int(np.ceil((high - low + 1) / width)) + 1), np.float64)
    if not low < high:
        low, high = float(there.min()), float(there.max())
    if not low < high:
        return np.array([low, np.nextafter(low, np.inf)])
    return np.linspace(low, high, most + 1)
