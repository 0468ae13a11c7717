"""How far reviewers agree: each number with the 95 % interval that comes of drawing the samples anew.

Opinions are an array of shape (reviewers, samples): 1 accept, 0 reject, NaN where a reviewer said nothing. Every
coefficient here is a function of sums over samples. So one resample is one weighing of the *kinds* of samples (those
on which everybody said the same), and a thousand of them take milliseconds whatever the number of samples.

Sources: Krippendorff (2011), Computing Krippendorff's Alpha-Reliability; Cohen (1960); Fleiss (1971), Measuring nominal
scale agreement among many raters; Cicchetti and Feinstein (1990) for agreement per label, because κ and α are low where
nearly everything is accepted however well people agree, which is why the counts stand beside them.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

Opinions = NDArray[np.float64]
Sums = NDArray[np.float64]
RESAMPLES = 1000
NAN = float("nan")


@dataclass(frozen=True)
class Estimate:
    """A number and its 95 % interval; NaN where it cannot be told, as κ where everybody always said the same."""

    value: float = NAN
    low: float = NAN
    high: float = NAN

    @property
    def is_known(self) -> bool:
        """Whether there is a number."""
        return not np.isnan(self.value)


UNKNOWN = Estimate()


@dataclass(frozen=True)
class Agreement:
    """How far some reviewers agree on the samples that at least two of them decided on.

    Args:
        samples: how many such samples.
        accepts: opinions on them that accept.
        rejects: opinions on them that reject.
        disputed: samples on which they do not all say the same.
        raw: share of pairs of opinions on one sample that are the same.
        alpha: Krippendorff's α, nominal.
        cohen: Cohen's κ, for exactly two reviewers.
        fleiss: Fleiss' κ, over the samples with the most common number of opinions.
        accepting: of the opinions that accept, the share with which another one of the sample agrees.
        rejecting: the same of those that reject.
    """

    samples: int
    accepts: int
    rejects: int
    disputed: int
    raw: Estimate = UNKNOWN
    alpha: Estimate = UNKNOWN
    cohen: Estimate = UNKNOWN
    fleiss: Estimate = UNKNOWN
    accepting: Estimate = UNKNOWN
    rejecting: Estimate = UNKNOWN


def agreement(opinions: Opinions, seed: int = 0) -> Agreement:
    """Every coefficient on the samples with at least two opinions."""
    told = opinions[:, (~np.isnan(opinions)).sum(axis=0) >= 2]
    if not told.shape[1]:
        return Agreement(0, 0, 0, 0)
    kinds, times = np.unique(np.nan_to_num(told, nan=-1.0), axis=1, return_counts=True)
    counts = np.stack([(kinds == 0).sum(axis=0), (kinds == 1).sum(axis=0)], axis=1).astype(np.float64)
    rejects, accepts = (counts.T @ times).astype(int)
    drawn = _draw(times, seed)
    pairs, usual = _pair_sums(counts), _usual(counts, times)
    return Agreement(
        samples=told.shape[1],
        accepts=int(accepts),
        rejects=int(rejects),
        disputed=int(times[(counts > 0).all(axis=1)].sum()),
        raw=_estimate(pairs, times, drawn, _raw),
        alpha=replace(_estimate(_alpha_sums(counts), times, drawn, _alpha), value=krippendorff_alpha(told)),
        cohen=_cohen_of(kinds, times, drawn, told) if len(opinions) == 2 else UNKNOWN,
        fleiss=_estimate(_pair_sums(counts)[usual], times[usual], _draw(times[usual], seed), _fleiss),
        accepting=_estimate(pairs, times, drawn, _accepting),
        rejecting=_estimate(pairs, times, drawn, _rejecting),
    )


def krippendorff_alpha(opinions: Opinions) -> float:
    """Krippendorff's α, nominal, by the `krippendorff` package; NaN where one label alone was ever given."""
    import krippendorff

    counts = np.stack([(opinions == value).sum(axis=0) for value in (0, 1)], axis=1)
    pairable = counts[counts.sum(axis=1) >= 2]
    if not (pairable.sum(axis=0) > 0).all():
        return NAN
    return float(krippendorff.alpha(value_counts=pairable, level_of_measurement="nominal"))


def cohen_kappa(first: NDArray[np.float64], second: NDArray[np.float64]) -> float:
    """Cohen's κ of two reviewers on the samples that both decided on, by scikit-learn; NaN where it is 0 / 0."""
    from sklearn.metrics import cohen_kappa_score

    both = ~np.isnan(first) & ~np.isnan(second)
    if not both.any() or len({*first[both], *second[both]}) < 2:
        return NAN
    return float(cohen_kappa_score(first[both], second[both], labels=[0, 1]))


def fleiss_kappa(counts: NDArray[np.float64]) -> float:
    """Fleiss' κ of counts of shape (samples, labels), every sample with equally many opinions; NaN for 0 / 0.

    >>> fleiss_kappa(np.array([[3.0, 0.0], [0.0, 3.0]]))
    1.0
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        return float(_fleiss(_pair_sums(counts).sum(axis=0, keepdims=True))[0])


def _draw(times: NDArray[np.int64], seed: int) -> NDArray[np.int64]:
    """How often each kind of sample comes up in each resample, of shape (resamples, kinds)."""
    total = int(times.sum())
    return np.random.default_rng(seed).multinomial(total, times / total, size=RESAMPLES)


def _estimate(
    sums: Sums, times: NDArray[np.int64], drawn: NDArray[np.int64], of: Callable[[Sums], NDArray[np.float64]]
) -> Estimate:
    """A function of the sums: over the samples as they are, and over the resamples in which it is defined."""
    with np.errstate(divide="ignore", invalid="ignore"):
        value = float(of((times @ sums)[None])[0])
        resampled = of(drawn @ sums)
    known = resampled[np.isfinite(resampled)]
    if not np.isfinite(value) or 2 * len(known) < len(resampled):
        return UNKNOWN if not np.isfinite(value) else Estimate(value)
    low, high = np.quantile(known, [0.025, 0.975])
    return Estimate(value, float(low), float(high))


def _usual(counts: NDArray[np.float64], times: NDArray[np.int64]) -> NDArray[np.bool_]:
    """The kinds of samples with the most common number of opinions."""
    numbers = counts.sum(axis=1).astype(int)
    return np.asarray(numbers == np.bincount(numbers, weights=times).argmax())


def _pair_sums(counts: NDArray[np.float64]) -> Sums:
    """Per kind, three blocks of one column a label: ordered pairs that agree in it, opinions times others, opinions."""
    others = counts.sum(axis=1, keepdims=True) - 1
    return np.hstack([counts * (counts - 1), counts * others, counts])


def _raw(sums: Sums) -> NDArray[np.float64]:
    agreeing, pairs, _ = np.split(sums, 3, axis=1)
    return np.asarray(agreeing.sum(axis=1) / pairs.sum(axis=1))


def _rejecting(sums: Sums) -> NDArray[np.float64]:
    return np.asarray(sums[:, 0] / sums[:, 2])


def _accepting(sums: Sums) -> NDArray[np.float64]:
    return np.asarray(sums[:, 1] / sums[:, 3])


def _fleiss(sums: Sums) -> NDArray[np.float64]:
    """Fleiss (1971): all samples have the same number of opinions, so the mean of P_i is the raw share."""
    given = np.split(sums, 3, axis=1)[2]
    return _beyond(_raw(sums), ((given / given.sum(axis=1, keepdims=True)) ** 2).sum(axis=1))


def _alpha_sums(counts: NDArray[np.float64]) -> Sums:
    others = counts.sum(axis=1, keepdims=True) - 1
    return np.hstack([counts * (counts - 1) / others, counts])


def _alpha(sums: Sums) -> NDArray[np.float64]:
    """1 - D_o / D_e with the coincidences of Krippendorff (2011)."""
    coinciding, given = np.split(sums, 2, axis=1)
    total = given.sum(axis=1)
    expected = (given * (given - 1)).sum(axis=1) / (total * (total - 1))
    return _beyond(coinciding.sum(axis=1) / total, expected)


def _cohen_of(
    kinds: NDArray[np.float64], times: NDArray[np.int64], drawn: NDArray[np.int64], told: Opinions
) -> Estimate:
    first, second = kinds
    sums = np.stack([first == second, first, second, np.ones_like(first)], axis=1).astype(np.float64)
    return replace(_estimate(sums, times, drawn, _cohen), value=cohen_kappa(told[0], told[1]))


def _cohen(sums: Sums) -> NDArray[np.float64]:
    same, first, second, total = sums.T
    expected = (first * second + (total - first) * (total - second)) / total**2
    return _beyond(same / total, expected)


def _beyond(observed: NDArray[np.float64], expected: NDArray[np.float64]) -> NDArray[np.float64]:
    """How much of the agreement that chance leaves room for is there; NaN where chance leaves none."""
    return np.where(expected < 1 - 1e-12, (observed - expected) / (1 - expected), NAN)
