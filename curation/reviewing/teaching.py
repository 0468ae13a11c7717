"""What decisions say: which measured values go with accept and reject, by a model that can be read.

A logistic regression with L2 on standardised ranks: one coefficient per value, so what it has learned is a list.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from curation.reviewing.foretelling import STRENGTH, chance_of, cross_validated, fit

Values = NDArray[np.float64]
Mask = NDArray[np.bool_]
FEWEST = 50
"""Decisions that something is learned from."""
FEWEST_EACH = 10
"""Of these at least so many accepted and so many rejected."""
ALIKE = 0.9
"""Of values whose ranks correlate more than this one stands for all: their coefficients could not be told apart."""


@dataclass(frozen=True, eq=False)
class Prepared:
    """Values of all samples, ready to learn from.

    Args:
        names: of the columns.
        stands_for: by name, those left out because they say nearly the same.
        columns: shape (samples, names), ranks with mean 0 and deviation 1; 0 where there is no value.
    """

    names: tuple[str, ...]
    stands_for: Mapping[str, tuple[str, ...]]
    columns: Values


@dataclass(frozen=True)
class Weight:
    """What one value does to the odds of being accepted.

    Args:
        name: of the value.
        weight: log odds per standard deviation of the ranks; above 0: accepted more often where it is higher.
        error: its standard error.
        low_rate: share accepted in the third of the decided samples that is lowest by the value, NaN for none.
        high_rate: share accepted in the highest third.
    """

    name: str
    weight: float
    error: float
    low_rate: float
    high_rate: float

    @property
    def is_clear(self) -> bool:
        """Whether its 95 % interval leaves out 0."""
        return abs(self.weight) > 1.96 * self.error


@dataclass(frozen=True, eq=False)
class Learned:
    """What was learned from decisions.

    Args:
        auc: chance that an accepted sample is put above a rejected one, on samples not learned from; 0.5 is guessing.
        low: lower end of its 95 % interval.
        high: upper end.
        weights: heaviest first.
        chance: for all samples, that a person would accept; float64 of shape (samples,).
    """

    auc: float
    low: float
    high: float
    weights: tuple[Weight, ...]
    chance: Values

    @property
    def is_something(self) -> bool:
        """Whether the decisions are foretold better than by guessing."""
        return self.low > 0.5


def prepare(columns: Mapping[str, Values], decided: Mask) -> Prepared:
    """Standardised ranks of the columns that differ among the decided samples, near copies left out.

    Args:
        columns: by name, one value per sample, NaN where there is none; earlier ones stand for later ones.
        decided: shape (samples,).
    """
    names, kept = [], []
    for name, values in columns.items():
        if _differs(values[decided]):
            names.append(name)
            kept.append(_standard_ranks(values))
    matrix = np.column_stack(kept) if kept else np.zeros((len(decided), 0))
    alike = np.abs(matrix.T @ matrix) / max(1, len(matrix))
    stands_for: dict[str, tuple[str, ...]] = {}
    first: list[int] = []
    for place, name in enumerate(names):
        earlier = next((one for one in first if alike[one, place] > ALIKE), None)
        if earlier is None:
            first.append(place)
        else:
            stands_for[names[earlier]] = (*stands_for.get(names[earlier], ()), name)
    return Prepared(tuple(names[place] for place in first), stands_for, matrix[:, first])


def learn(prepared: Prepared, verdicts: NDArray[np.int8]) -> Learned:
    """Fit the decisions, and say how well it foretells decisions that it has not seen.

    Args:
        prepared: of all samples.
        verdicts: 1 accepted, -1 rejected, 0 nothing, one per sample; at least `FEWEST_EACH` of both.
    """
    decided = np.flatnonzero(verdicts)
    x, y = prepared.columns[decided], verdicts[decided] > 0
    if not prepared.names:
        return Learned(0.5, 0.0, 1.0, (), np.full(len(verdicts), y.mean()))
    weights, offset = fit(x, y)
    errors = _errors(x, weights, offset)
    found = [
        Weight(name, float(weight), float(error), *_thirds(x[:, place], y))
        for place, (name, weight, error) in enumerate(zip(prepared.names, weights, errors, strict=True))
    ]
    heaviest = tuple(sorted(found, key=lambda one: (-abs(one.weight), one.name)))
    return Learned(*cross_validated(x, y), heaviest, chance_of(prepared.columns @ weights + offset))


def most_informative(columns: Values, chance: Values, left: NDArray[np.intp], limit: int = 50) -> list[int]:
    """Samples a person should see next: the model is in doubt about them and they are unlike one another.

    Greedy: next is the one with the highest doubt × distance to the nearest that is chosen already, among the most
    doubtful ones.

    Args:
        columns: shape (samples, values), standardised.
        chance: that a person would accept, of shape (samples,).
        left: places of the samples that nobody has decided on.
        limit: how many, at most.
    """
    doubt = 1 - np.abs(2 * chance[left] - 1)
    order = np.argsort(-doubt, kind="stable")[: 20 * limit]
    pool, doubts = left[order], doubt[order]
    nearest = np.full(len(pool), np.inf)
    chosen: list[int] = []
    place = 0
    while len(chosen) < min(limit, len(pool)):
        chosen.append(place)
        apart = np.sqrt(((columns[pool] - columns[pool[place]]) ** 2).sum(axis=1))
        nearest = np.minimum(nearest, apart)
        worth = doubts * nearest
        worth[chosen] = -1.0
        place = int(np.argmax(worth))
    return [int(pool[one]) for one in chosen]


def _differs(values: Values) -> bool:
    there = values[np.isfinite(values)]
    return 2 * len(there) >= len(values) and bool(len(there)) and bool(np.ptp(there))


def _standard_ranks(values: Values) -> Values:
    from scipy.stats import rankdata

    there = np.isfinite(values)
    ranks = rankdata(values[there])
    deviation = float(ranks.std())
    standard = np.zeros(len(values))
    standard[there] = (ranks - ranks.mean()) / deviation if deviation else 0.0
    return standard


def _errors(x: Values, weights: Values, offset: float) -> Values:
    """Standard errors of penalised weights: H⁻¹ (XᵀWX) H⁻¹ with H = XᵀWX + 1 / C."""
    chance = chance_of(x @ weights + offset)
    terms = np.column_stack([x, np.ones(len(x))])
    information = (terms * (chance * (1 - chance))[:, None]).T @ terms
    penalty = np.diag([1 / STRENGTH] * x.shape[1] + [0.0])
    inverse = np.linalg.pinv(information + penalty)
    return np.asarray(np.sqrt(np.diag(inverse @ information @ inverse))[:-1])


def _thirds(values: Values, y: Mask) -> tuple[float, float]:
    low, high = np.quantile(values, (1 / 3, 2 / 3))
    if low == high:
        return float(y[values <= values.min()].mean()), float(y[values > values.min()].mean())
    return float(y[values <= low].mean()), float(y[values >= high].mean())
