"""A number with its interval from draws of equal size, so that collections of any size can be compared."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

SIZES = (1000, 500, 200, 100, 50, 25, 10)
DRAWS = 20
LEAST = 4
"""A collection is drawn from at a quarter of its size or less; a part of it may be half as large."""


@dataclass(frozen=True)
class Estimate:
    """A number and the ends of its 95 % interval; NaN where it says nothing."""

    value: float
    low: float
    high: float


def size_for(samples: int) -> int:
    """How many samples a draw takes from a collection of so many, 0 where it is too small.

    >>> size_for(52_002), size_for(250), size_for(39)
    (1000, 50, 0)
    """
    return next((size for size in SIZES if LEAST * size <= samples), 0)


def draws(samples: int, size: int, seed: int = 0, count: int = DRAWS) -> Iterator[NDArray[np.int64]]:
    """Places of the samples in each draw, ascending, none twice within a draw.

    Raises:
        ValueError: a draw would take more than half.
    """
    if 2 * size > samples:
        raise ValueError(f"{samples} samples are too few for draws of {size}")
    for number in range(count):
        chance = np.random.default_rng([seed, number])
        yield np.sort(chance.choice(samples, size, replace=False))


def estimate(values: Sequence[float], size: int, samples: int) -> Estimate:
    """The mean of the draws with its 95 % interval.

    A bootstrap with replacement would show numbers about repetition samples that are repeated only by the draw. Smaller
    draws without replacement have no such repeats (the m-out-of-n bootstrap without replacement: Politis and Romano
    1994; Bickel, Götze and van Zwet 1997). The spread of draws of m out of n, times √(m / (n − m)), is the error of
    their mean as a number about the source of the samples; that only some draws are taken adds 1 / draws.

    Args:
        values: the number on each draw.
        size: samples in a draw, m.
        samples: samples drawn from, n.
    """
    if not values or any(map(math.isnan, values)):
        return Estimate(math.nan, math.nan, math.nan)
    value = float(np.mean(values))
    spread = float(np.std(values, ddof=1)) if len(values) > 1 else 0.0
    half = 1.96 * spread * math.sqrt(size / (samples - size) + 1 / len(values))
    return Estimate(value, value - half, value + half)
