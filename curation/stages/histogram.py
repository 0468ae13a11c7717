"""How a signal is spread: bars for a chart and a few quantiles."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

BARS = 50
TAIL = 0.005
"""Share of the values at each end that is gathered in the first and the last bar, so that a long tail hides nothing."""
MOST_DIGITS = 6
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


@dataclass(frozen=True)
class Scale:
    """What a slider over a histogram reaches: its ends, its step and the digits after the point of its values."""

    low: float
    high: float
    step: float
    digits: int


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


def scale(drawn: Spread) -> Scale | None:
    """The slider under a histogram, with about a hundred steps or whole ones; None where there is no room for one.

    >>> scale(spread(np.array([0.0, 0.125, 1.0])))
    Scale(low=0.0, high=1.0, step=0.01, digits=2)
    """
    if len(drawn.bars) < 2:
        return None
    low, high = drawn.bars[0].left + drawn.margin, drawn.bars[-1].right - drawn.margin
    if drawn.margin:
        return Scale(low, high, 1.0, 0) if low < high else None
    digits = min(max(int(np.ceil(2 - np.log10(high - low))), 0), MOST_DIGITS)
    step = 10.0**-digits
    low, high = round(float(np.floor(low / step)) * step, digits), round(float(np.ceil(high / step)) * step, digits)
    return Scale(low, high, step, digits) if low < high else None


def moved(
    found: Scale, ends: tuple[float | None, float | None], before: tuple[float, float], now: tuple[float, float]
) -> tuple[float | None, float | None]:
    """The bounds after a slider went from one pair of places to another; at its ends it is open.

    The handle that stayed where it was leaves its bound as it was, beyond the slider or between its steps too.

    >>> moved(Scale(0, 10, 1, 0), (None, 50), (0, 10), (3, 10))
    (3.0, 50)
    """
    least = ends[0] if now[0] == before[0] else None if now[0] <= found.low else round(float(now[0]), found.digits)
    most = ends[1] if now[1] == before[1] else None if now[1] >= found.high else round(float(now[1]), found.digits)
    return least, most


def places(found: Scale, least: float | None, most: float | None) -> tuple[float, float]:
    """Where the two handles of a slider stand for these bounds.

    >>> places(Scale(0, 10, 1, 0), None, 50)
    (0, 10)
    """
    first = found.low if least is None else min(max(least, found.low), found.high)
    second = found.high if most is None else min(max(most, found.low), found.high)
    return first, second


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
