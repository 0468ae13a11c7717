"""How scores go along with what people said and with length: rank correlations with bootstrap intervals."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from curation.reviewing.agreement import UNKNOWN, Estimate

Values = NDArray[np.float64]
Mask = NDArray[np.bool_]
FEWEST = 20
"""With fewer samples that people decided on nothing is said."""
DRAWS = 500
"""Bootstrap draws; fewer of very many samples, so that nobody waits."""
WORK = 1_000_000
SEED = 7


@dataclass(frozen=True)
class LengthSlope:
    """What length does to a score where people said the same.

    Args:
        partial: rank correlation of score and length, accept and reject held fixed, -1 to 1.
        latent: the same with what lies behind accept and reject held fixed; NaN where the three correlations are not
            those of any normal variables.
        per_doubling: points that twice the length brings, by a linear fit of the score on log length and people's word.
    """

    partial: Estimate
    latent: Estimate
    per_doubling: float

    @property
    def is_biased(self) -> bool:
        """Whether both say that the judge likes length more than people do, or both that it likes it less."""
        more = self.partial.low > 0 and self.latent.low > 0
        return more or (self.partial.high < 0 and self.latent.high < 0)


def rank_correlation(scores: Values, others: Values, given: Values | None = None) -> Estimate:
    """Spearman's correlation with a bootstrap interval; with `given`, its linear part is taken out of both ranks.

    Args:
        scores: shape (n,), finite.
        others: of the same shape.
        given: of the same shape; what is held fixed.

    >>> rank_correlation(np.arange(30.0), np.arange(30.0) ** 2).value
    1.0
    """
    if len(scores) < FEWEST:
        return UNKNOWN
    fixed = np.zeros(len(scores)) if given is None else given
    drawn = _draws(len(scores))
    value = _correlations(scores[None], others[None], fixed[None])
    return _estimate(float(value[0]), _correlations(scores[drawn], others[drawn], fixed[drawn]))


def length_slope(scores: Values, logs: Values, accepted: Mask) -> LengthSlope:
    """Whether a judge gives more for length than people do.

    Longer answers may be better, and then a fair judge scores them higher too. So what people said is held fixed. But
    accept and reject say only on which side of a line an answer is: on each side the better ones are still longer, and
    the partial correlation takes that for a taste for length. `latent` holds fixed how good they found it, of which
    the decision is the sign, normally distributed (biserial correlations: Pearson 1909); there a fair judge is at 0.

    Args:
        scores: shape (n,), finite.
        logs: natural logs of lengths, for pairs of the ratio of chosen to rejected; of the same shape.
        accepted: what people said, of the same shape.
    """
    said = accepted.astype(np.float64)
    partial = rank_correlation(scores, logs, said)
    if np.isnan(partial.value):
        return LengthSlope(UNKNOWN, UNKNOWN, float("nan"))
    drawn = _draws(len(scores))
    value = _latent(scores[None], logs[None], said[None])
    latent = _estimate(float(value[0]), _latent(scores[drawn], logs[drawn], said[drawn]))
    terms = np.column_stack([logs / np.log(2), said, np.ones(len(logs))])
    return LengthSlope(partial, latent, float(np.linalg.lstsq(terms, scores, rcond=None)[0][0]))


def _draws(total: int) -> NDArray[np.int64]:
    """Places of the samples of each bootstrap draw."""
    draws = min(DRAWS, max(100, WORK // total))
    return np.random.default_rng(SEED).integers(0, total, (draws, total))


def _correlations(x: Values, y: Values, given: Values) -> Values:
    """Of each row: the correlation of ranks, with what goes along with `given` taken out."""
    fixed = given - given.mean(axis=1, keepdims=True)
    return _products(*(_without(_ranks(side), fixed) for side in (x, y)))


def _ranks(rows: Values) -> Values:
    from scipy.stats import rankdata

    return np.asarray(rankdata(rows, axis=1))


def _products(left: Values, right: Values) -> Values:
    """The correlation of each row of two; both have mean 0."""
    size = np.sqrt((left**2).sum(axis=1) * (right**2).sum(axis=1))
    # What is all but explained leaves rounding errors, which correlate with anything.
    known = size > 1e-9 * left.shape[1]
    return np.asarray(np.where(known, (left * right).sum(axis=1) / np.where(known, size, 1), np.nan))


def _latent(scores: Values, logs: Values, said: Values) -> Values:
    """Of each row: the partial correlation given the normal variable of which `said` is the sign."""
    from scipy.stats import norm

    rate = np.clip(said.mean(axis=1, keepdims=True), 1e-9, 1 - 1e-9)
    wider = np.sqrt(rate * (1 - rate)) / norm.pdf(norm.ppf(rate))
    # Normal scores: the biserial correlation of ranks is too large.
    score, length = (norm.ppf((_ranks(side) - 0.5) / side.shape[1]) for side in (scores, logs))
    score, length, yes = (side - side.mean(axis=1, keepdims=True) for side in (score, length, said))
    first, second = (np.clip(wider[:, 0] * _products(side, yes), -0.99, 0.99) for side in (score, length))
    found = (_products(score, length) - first * second) / np.sqrt((1 - first**2) * (1 - second**2))
    return np.asarray(np.where(np.abs(found) <= 1, found, np.nan))


def _without(ranks: Values, fixed: Values) -> Values:
    centred = ranks - ranks.mean(axis=1, keepdims=True)
    spread = (fixed**2).sum(axis=1, keepdims=True)
    slope = (centred * fixed).sum(axis=1, keepdims=True) / np.where(spread > 0, spread, 1)
    return np.asarray(centred - slope * fixed)


def _estimate(value: float, drawn: Values) -> Estimate:
    there = drawn[np.isfinite(drawn)]
    if np.isnan(value) or 2 * len(there) < len(drawn):
        return UNKNOWN
    low, high = np.percentile(there, (2.5, 97.5))
    return Estimate(value, float(low), float(high))
