"""How a judge's scores stand to what people said of the same samples."""

from collections.abc import Sequence
from dataclasses import astuple, dataclass

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]
Mask = NDArray[np.bool_]
FOLDS = 10
MOST_BOUNDS = 100
SEED = 7


@dataclass(frozen=True)
class Cells:
    """Samples by what the judge and people say of them.

    Args:
        both: scored at or above the bound, and accepted.
        judge_alone: scored at or above it, and rejected.
        people_alone: scored below it, and accepted.
        neither: scored below it, and rejected.
    """

    both: int
    judge_alone: int
    people_alone: int
    neither: int

    @property
    def total(self) -> int:
        """All samples."""
        return self.both + self.judge_alone + self.people_alone + self.neither

    @property
    def exact(self) -> float:
        """The share on which both say the same."""
        return (self.both + self.neither) / self.total if self.total else float("nan")

    @property
    def precision(self) -> float:
        """The share of accepted samples among those at or above the bound; NaN where there are none."""
        kept = self.both + self.judge_alone
        return self.both / kept if kept else float("nan")

    @property
    def recall(self) -> float:
        """The share of the accepted samples that lies at or above the bound; NaN where there are none."""
        accepted = self.both + self.people_alone
        return self.both / accepted if accepted else float("nan")


@dataclass(frozen=True)
class Bound:
    """A bound on a score and what comes of it."""

    bound: float
    cells: Cells


def curve(scores: Values, accepted: Mask) -> list[Bound]:
    """What comes of every bound that tells samples apart, lowest first; of very many a hundred, spread evenly.

    Args:
        scores: shape (n,), finite.
        accepted: what people said, of the same shape.

    >>> curve(np.array([1.0, 2.0]), np.array([False, True]))[1]
    Bound(bound=2.0, cells=Cells(both=1, judge_alone=0, people_alone=0, neither=1))
    """
    places = np.unique(scores)
    if len(places) > MOST_BOUNDS:
        places = places[np.linspace(0, len(places) - 1, MOST_BOUNDS).astype(int)]
    yes, no = np.sort(scores[accepted]), np.sort(scores[~accepted])
    missed, spared = np.searchsorted(yes, places), np.searchsorted(no, places)
    return [
        Bound(place, Cells(len(yes) - below, len(no) - out, below, out))
        for place, below, out in zip(places.tolist(), missed.tolist(), spared.tolist(), strict=True)
    ]


def propose(found: Sequence[Bound]) -> Bound | None:
    """The bound with the highest κ, of equal ones the lowest; None where people only accepted or only rejected."""
    if not found or not 0 < found[0].cells.both < found[0].cells.total:
        return None
    kappas = _kappa(np.array([astuple(one.cells) for one in found], np.float64))
    return found[int(np.argmax(np.nan_to_num(kappas, nan=-1.0)))]


def held_out(scores: Values, accepted: Mask) -> Mask:
    """The judge's yes, for each tenth of the samples at the bound that the other nine tenths propose.

    A bound looks better on the samples it was chosen by than on others; this does not.
    """
    fold = np.random.default_rng(SEED).permutation(len(scores)) % FOLDS
    yes = np.ones(len(scores), np.bool_)
    for one in range(FOLDS):
        chosen = propose(curve(scores[fold != one], accepted[fold != one]))
        if chosen:
            yes[fold == one] = scores[fold == one] >= chosen.bound
    return yes


def cells(yes: Mask, accepted: Mask) -> Cells:
    """Count what the judge and people say."""
    sides = (yes & accepted, yes & ~accepted, ~yes & accepted, ~yes & ~accepted)
    return Cells(*(int(side.sum()) for side in sides))


def _kappa(counts: Values) -> Values:
    """Of rows of four counts; NaN where chance alone would agree always."""
    both, judge, people, neither = counts.T
    total = counts.sum(axis=1)
    by_chance = ((both + judge) * (both + people) + (people + neither) * (judge + neither)) / total**2
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(np.where(by_chance < 1, ((both + neither) / total - by_chance) / (1 - by_chance), np.nan))
