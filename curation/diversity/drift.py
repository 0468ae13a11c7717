"""Whether a number that comes batch by batch has moved away from what it was at first, with few false alarms."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

WARM = 5
"""Values that are compared with none: what is usual has to be known first."""
LAG = 3
"""A value becomes part of what is usual only so many later, so that a move does not hide itself."""
SLACK = 1.0
"""Standard deviations by which a value may lie off without adding anything (CUSUM's reference value)."""
LIMIT = 2.5
"""The sum that is an alarm is this and the natural logarithm of the number of values so far. See `watch`."""

Bad = Literal["low", "high"]
Scale = Literal["share", "number"]


@dataclass(frozen=True)
class Usual:
    """How a number is watched.

    Args:
        bad: the direction that is a bad sign.
        scale: a share of items, whose spread is stabilised by the arcsine of its square root, or another number.
        least_spread: the least standard deviation that is believed, on that scale: a number that happens to stand
            still at first must not make every later move an alarm. Of a share of n items chance alone gives
            1 / (2 √n).
    """

    bad: Bad
    scale: Scale
    least_spread: float


@dataclass(frozen=True)
class Watched:
    """A number that was watched.

    Args:
        values: as given.
        sums: after each value how much evidence of a move there is, in standard deviations; 0 while warming up.
        limits: the sum at which there is an alarm.
        alarm: the place of the first value that is an alarm, None where there is none.
        usual: mean of the values that `alarm`, or the last one, is compared with; NaN while warming up.
    """

    values: tuple[float, ...]
    sums: tuple[float, ...]
    limits: tuple[float, ...]
    alarm: int | None
    usual: float


def watch(values: Sequence[float], how: Usual) -> Watched:
    """Watch a number: one-sided self-starting CUSUM against the earlier values of the same stream.

    Each value is compared with mean and standard deviation of those before it (less the last `LAG`); the t statistic is
    turned into a normal score and summed up beyond a slack, never below 0 (Hawkins 1987, "Self-starting Cusum charts
    for location and scale", The Statistician 36; normal scores by Wallace 1959). As nothing is taken from outside, the
    limit does not depend on mean or spread of the stream. It grows with the logarithm of the number of values, so that
    a run of any length has a bounded chance of a false alarm; the constant is set by simulation so that five numbers
    watched together give one in less than 5 % of stable streams of 200 batches (tests/diversity/test_drift.py).

    Args:
        values: one per batch, in order; NaN is passed over.
        how: the direction and the scale.

    >>> watch([0.9, 0.88, 0.91, 0.9, 0.89, 0.9, 0.3, 0.2], Usual("low", "number", 0.02)).alarm
    7
    """
    there = [place for place, value in enumerate(values) if not math.isnan(value)]
    sums, limits = [0.0] * len(values), [math.inf] * len(values)
    alarm, total = None, 0.0
    for at, score in enumerate(_scores([values[place] for place in there], how), WARM):
        total = max(0.0, total + score - SLACK)
        place = there[at]
        sums[place], limits[place] = total, LIMIT + math.log(at + 1)
        if alarm is None and total > limits[place]:
            alarm = place
    return Watched(tuple(values), tuple(sums), tuple(limits), alarm, _usual(values, there, alarm))


def _usual(values: Sequence[float], there: Sequence[int], alarm: int | None) -> float:
    at = there.index(alarm) if alarm is not None else len(there) - 1
    known = [values[place] for place in there[: max(WARM, at - LAG)]]
    return float(np.mean(known)) if at >= WARM else math.nan


def _scores(values: Sequence[float], how: Usual) -> list[float]:
    """The normal score of every value from the `WARM`-th on after those before it, larger for worse."""
    marks = np.array([_mark(value, how) for value in values])
    known = np.maximum(WARM, np.arange(WARM, len(marks)) - LAG)
    if not len(known):
        return []
    # About the first mark, so that the squares lose no digits.
    off = marks - marks[0]
    mean = np.cumsum(off)[known - 1] / known
    free = known - 1
    squares = np.maximum(0.0, np.cumsum(off**2)[known - 1] - known * mean**2)
    spread = np.maximum(np.sqrt(squares / free), how.least_spread)
    t = (off[WARM:] - mean) / (spread * np.sqrt(1 + 1 / known))
    size = (8 * free + 1) / (8 * free + 3) * np.sqrt(free * np.log1p(t * t / free))
    return [float(one) for one in np.copysign(size, t)]


def _mark(value: float, how: Usual) -> float:
    """The value on a scale of even spread, larger for worse."""
    even = math.asin(math.sqrt(min(1.0, max(0.0, value)))) if how.scale == "share" else value
    return even if how.bad == "high" else -even
