"""The share of samples that people would accept, from decisions of which it is known how likely they were to come.

Each sample has one random number u for good, and in a plan a size s > 0. The queue goes by u / s, ascending: in a plan
of equal sizes that is a random order; in others larger samples come earlier, and it is still known how likely each was
to come so far. That is priority sampling (Duffield, Lund and Thorup 2007, doi:10.1145/1314690.1314696) with permanent
random numbers (Ohlsson 1995): where the first sample that nobody was asked of has c = u / s, another one was reached
with probability min(1, c s), independently of the rest for all that the variance needs. Over several plans it is the
largest of these, so a plan can be made anew and no decision is lost.

So no decision needs to note in which order it was made. One made in another order counts as soon as a plan has reached
its sample; before, it would be a biased pick, and it is left out. Where such decisions happen to lie right behind the
last sample that a plan led to, they lengthen its way: by q / (1 - q) samples if a share q is decided in other orders,
and these differ from the rest by at most 1 - q of them, so that is about one decision too many in all.

The estimate is the difference estimator (Särndal, Swensson and Wretman 1992, §6.3): the mean of what a model expects,
corrected by what people said in its place, each weighed by one over its probability. It is right on average whatever
the model, as long as no expectation has seen the label of its own sample. The best sizes are then √(p (1 - p)) (Neyman
1934; Zrnic and Candès 2024, Active Statistical Inference, arXiv 2403.03208).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from curation.reviewing.chances import FOLDS, Labelled, crossed_chances

Floats = NDArray[np.float64]
FEWEST = 20
"""Fewer labels than this estimate nothing."""
WISHED = 0.03
"""Half the width of the interval that is aimed at."""
MOST_TOLD = 4
"""A label tells at most as much as so many at random, however well the model seems to fit a few of them."""
HOLES = 0.05
"""Of those that a plan led to, so many may have been passed by; they are taken to be like the others."""
HELPS = 0.02
"""A model that takes away less than this share of the squares is left aside."""
_Z = 1.959963984540054
_LEAST_SIZE = 0.2
"""Sizes are at most 0.5: even where the model is sure, a sample comes 2/5 as likely as where it is not."""


@dataclass(frozen=True, eq=False)
class Said:
    """What people said of the samples that are asked about, one entry per sample.

    Args:
        luck: the random number of each, between 0 and 1.
        verdict: int8, 1 accepted, -1 rejected, 0 nothing.
        touched: decided or passed over: what the queue does not hold any more.
    """

    luck: Floats
    verdict: NDArray[np.int8]
    touched: NDArray[np.bool_]


@dataclass(frozen=True)
class Share:
    """How many of the samples people would accept.

    Args:
        value: the share, 0 to 1.
        low: lower end of the 95 % interval.
        high: upper end.
        labels: decisions that it rests on.
        missing: about how many more are needed until it is known within `WISHED`; 0 where it is.
    """

    value: float
    low: float
    high: float
    labels: int
    missing: int

    @property
    def half(self) -> float:
        """Half the width of the interval."""
        return (self.high - self.low) / 2


def reached(said: Said, plans: Sequence[Floats]) -> Floats:
    """How likely each sample was to be reached by one of the plans, given as sizes by sample; 0 where none began."""
    found = np.zeros(len(said.luck))
    for sizes in plans:
        np.maximum(found, np.minimum(1, _ahead(said.luck / sizes, said.touched) * sizes), out=found)
    return found


def estimate(said: Said, chance: Floats, columns: NDArray[np.float32]) -> Share | None:
    """The share with its interval; None where too few of the samples that were reached are decided.

    Args:
        said: what people said.
        chance: `reached`.
        columns: what is known of each sample, for the model; without columns it is a mean.
    """
    labelled = labelled_of(said, chance)
    places = labelled.places
    if len(places) < FEWEST:
        return None
    expected = expectations(said, labelled, columns)
    if not helps(expected, labelled):
        expected = expectations(said, labelled, columns[:, :0])
    total = len(chance)
    share, variance = _corrected(expected, labelled, chance[places])
    plain, most = share * (1 - share), MOST_TOLD * _alike(len(places), total)
    alike = min(most, plain / variance) if plain and variance else _alike(len(places), total)
    low, high = _wilson(share, alike)
    return Share(share, low, high, len(places), _missing((high - low) / 2, len(places), total))


def _corrected(expected: Floats, labelled: Labelled, chance: Floats) -> tuple[float, float]:
    """(the mean of what is expected with what it is off by taken away, variance of that).

    Weights are divided by their sum rather than by the number of samples (Hájek 1971), because how many samples were
    reached says nothing.
    """
    off = labelled.accepted - expected[labelled.places]
    weights, n = labelled.weights / labelled.weights.sum(), len(off)
    mean = float((weights * off).sum())
    variance = float(((1 - np.minimum(1, chance)) * (weights * (off - mean)) ** 2).sum()) * n / (n - 1)
    return float(np.clip(expected.mean() + mean, 0, 1)), variance


def _ahead(rank: Floats, touched: NDArray[np.bool_]) -> float:
    """Where the way of a plan ends: the first rank that nobody was asked of, `HOLES` among those before it forgiven.

    So one sample that somebody moved past without a word does not take away all that was said after it.
    """
    asked, open_ = np.sort(rank[touched]), np.sort(rank[~touched])
    before = np.searchsorted(asked, open_)
    too_many = np.flatnonzero(np.arange(len(open_)) > HOLES * before)
    if len(too_many):
        return float(open_[too_many[0] - 1])
    return np.inf


def expectations(said: Said, labelled: Labelled, columns: NDArray[np.float32]) -> Floats:
    """The chance of each sample to be accepted, by a model that has not seen what was said of it."""
    folds = (said.luck * 1e6).astype(np.int64) % FOLDS
    # The sum of the weights is the number of labels, so that the ridge means the same everywhere.
    weights = labelled.weights * (len(labelled.places) / labelled.weights.sum())
    return crossed_chances(columns, folds, Labelled(labelled.places, labelled.accepted, weights))


def helps(expected: Floats, labelled: Labelled) -> bool:
    """Whether what a model expects is closer to the labels than their mean is, by `HELPS`."""
    mean = np.average(labelled.accepted, weights=labelled.weights)
    model = (labelled.weights * (labelled.accepted - expected[labelled.places]) ** 2).sum()
    return bool(model < (1 - HELPS) * (labelled.weights * (labelled.accepted - mean) ** 2).sum())


def sizes_of(chances: Floats) -> Floats:
    """What a plan is best made of, given how likely each sample is to be accepted.

    >>> sizes_of(np.array([0.5, 0.9, 0.001])).round(2).tolist()
    [0.5, 0.3, 0.2]
    """
    return np.maximum(np.sqrt(chances * (1 - chances)), _LEAST_SIZE)


def labelled_of(said: Said, chance: Floats) -> Labelled:
    """The samples that were reached and decided, each weighed by one over how likely that was."""
    is_reached = said.luck < chance
    places = np.flatnonzero(is_reached & (said.verdict != 0))
    weights = 1 / chance[places]
    if len(places):
        # What was reached and has no word is taken to be like what was decided.
        weights *= (1 / chance[is_reached]).sum() / weights.sum()
    return Labelled(places, (said.verdict[places] > 0).astype(np.float64), weights)


def _alike(labels: int, total: int) -> float:
    """As many labels drawn at random from without end tell as much."""
    return labels / (1 - labels / total) if labels < total else np.inf


def _wilson(share: float, labels: float) -> tuple[float, float]:
    """95 % interval of a share as by so many labels at random (Wilson 1927)."""
    if np.isinf(labels):
        return share, share
    middle = (share + _Z**2 / (2 * labels)) / (1 + _Z**2 / labels)
    half = _Z / (1 + _Z**2 / labels) * (share * (1 - share) / labels + _Z**2 / (4 * labels**2)) ** 0.5
    return max(0.0, middle - half), min(1.0, middle + half)


def _missing(half: float, labels: int, total: int) -> int:
    """The square of the width goes with 1 / labels - 1 / total."""
    if half <= WISHED or labels >= total:
        return 0
    needed = 1 / ((1 / labels - 1 / total) * (WISHED / half) ** 2 + 1 / total)
    return max(1, round(needed) - labels)
