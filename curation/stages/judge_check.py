"""Judges against people: for every criterion of every judge, how its scores stand to what people decided."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from curation.duplicates import wilson
from curation.judges.scoring import INJECTION
from curation.judges.tags import TAGS
from curation.reviewing.agreement import UNKNOWN, Agreement, Estimate, agreement
from curation.reviewing.correlating import FEWEST, LengthSlope, length_slope, rank_correlation
from curation.reviewing.judge_agreement import Bound, Cells, cells, curve, held_out, propose
from curation.stages.verdicts import OVERALL, Overall, overall, overall_name, read_current, signal_name
from curation.store import Workspace
from curation.store.decisions import read_verdicts
from curation.store.judge_check import Swaps, read_ratings, read_retests, read_swaps
from curation.store.judged import text_lengths
from curation.store.together import read_together


@dataclass(frozen=True)
class Retest:
    """What a model said when it was asked twice.

    Args:
        times: how often it was.
        same: share of the same value.
        rank: rank correlation of first and last.
    """

    times: int
    same: Estimate
    rank: Estimate


@dataclass(frozen=True, eq=False)
class Checked:
    """One criterion of one judge against people.

    Args:
        judge: its name.
        criterion: of it, or `overall`.
        signal: the signal that holds it.
        decided: judged samples that people decided on.
        accepted: how many of them they accepted.
        rated: judged samples that people rated.
        bounds: what comes of every bound, lowest first.
        proposed: the bound with the highest κ; None where people only accepted or only rejected.
        held_out: what comes of bounds on samples that they were not proposed by.
        agreement: the same as κ and α.
        rank: rank correlation of the score with the decision.
        rating_rank: rank correlation of the score with the rating.
        length: what length does to it where people said the same.
        swaps: by model, where it judges pairs in both orders.
        retest: what it said when asked twice, None where it was not.
    """

    judge: str
    criterion: str
    signal: str
    decided: int
    accepted: int
    rated: int
    bounds: list[Bound]
    proposed: Bound | None
    held_out: Cells
    agreement: Agreement
    rank: Estimate
    rating_rank: Estimate
    length: LengthSlope
    swaps: list[Swaps]
    retest: Retest | None

    @property
    def is_ready(self) -> bool:
        """Whether there are decisions or ratings enough to say something."""
        return max(self.decided, self.rated) >= FEWEST


@dataclass(frozen=True, eq=False)
class _People:
    """What people said: verdicts of all samples, and the samples that were rated, with their ratings."""

    verdicts: NDArray[np.int8]
    rated: NDArray[np.int32]
    ratings: NDArray[np.float64]


def check_judges(workspace: Workspace) -> tuple[Checked, ...]:
    """Every criterion of every judge, in the version that counts now; kept until something is written."""
    return _check_judges(workspace, workspace.changes)


@lru_cache(maxsize=2)
def _check_judges(workspace: Workspace, _changes: int) -> tuple[Checked, ...]:
    people = _People(read_verdicts(workspace), *read_ratings(workspace))
    found = []
    for judge, current in read_current(workspace).items():
        swaps = read_swaps(workspace, judge, current.version)
        retests = read_retests(workspace, judge, current.version)
        for criterion, whole in _criteria(workspace, judge):
            more = swaps.get(criterion, []), _retest(retests.get(criterion))
            found.append(_checked(workspace, (judge, criterion), whole, people, more))
    return tuple(found)


def share(hits: int, total: int) -> Estimate:
    """A share with Wilson's 95 % interval; NaN of nothing.

    >>> share(5, 10).value
    0.5
    """
    return Estimate(hits / total, *wilson(hits, total)) if total else UNKNOWN


def _criteria(workspace: Workspace, judge: str) -> Iterator[tuple[str, Overall]]:
    """Each criterion with one value per sample, and all of them together where that is more than one of them."""
    current = read_current(workspace)[judge]
    together = read_together(workspace, judge, current.version)
    own = {name: one for name, one in together.items() if name != INJECTION and (judge != "tags" or name == TAGS)}
    if own and overall_name(judge, list(own)) == OVERALL:
        yield OVERALL, overall(judge, own, current.joining)
    for name, one in own.items():
        yield name, Overall(one.numbers, getattr(one, current.joining))


def _checked(
    workspace: Workspace, named: tuple[str, str], whole: Overall, people: _People,
    more: tuple[list[Swaps], Retest | None],
) -> Checked:  # fmt: skip
    known = people.verdicts[whole.numbers] != 0
    numbers, scores = whole.numbers[known], whole.values[known]
    accepted = people.verdicts[numbers] > 0
    _, ours, theirs = np.intersect1d(whole.numbers, people.rated, assume_unique=True, return_indices=True)
    enough = len(numbers) >= FEWEST
    bounds = curve(scores, accepted) if enough else []
    yes = held_out(scores, accepted) if enough else accepted[:0]
    said = accepted[: len(yes)]
    return Checked(
        judge=named[0],
        criterion=named[1],
        signal=signal_name(*named),
        decided=len(numbers),
        accepted=int(accepted.sum()),
        rated=len(ours),
        bounds=bounds,
        proposed=propose(bounds),
        held_out=cells(yes, said),
        agreement=agreement(np.stack([yes, said]).astype(np.float64)),
        rank=rank_correlation(scores, accepted.astype(np.float64)),
        rating_rank=rank_correlation(whole.values[ours], people.ratings[theirs]),
        length=length_slope(scores, _logs(workspace, named[0], numbers), accepted),
        swaps=more[0],
        retest=more[1],
    )


def _logs(workspace: Workspace, judge: str, numbers: NDArray[np.int32]) -> NDArray[np.float64]:
    """Logs of the lengths of answers; for pairs of the ratio of chosen to rejected."""
    lengths, others = text_lengths(workspace, numbers)
    return np.log(lengths / others if judge == "pairwise" else lengths)


def _retest(both: NDArray[np.float64] | None) -> Retest | None:
    if both is None:
        return None
    first, last = both.T
    return Retest(len(both), share(int((first == last).sum()), len(both)), rank_correlation(first, last))
