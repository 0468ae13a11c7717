"""What came of judging, among the samples that are shown: spread, length, authors, disagreement."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from curation.errors import NotReady
from curation.facets import Facets
from curation.judges.length import LengthEffect
from curation.judges.scoring import INJECTION
from curation.judges.tags import TAGS
from curation.stages.histogram import Spread, spread
from curation.stages.verdicts import (
    SORTS_BY,
    Overall,
    effect_of_length,
    overall,
    overall_name,
    read_current,
    signal_name,
)
from curation.store import Workspace
from curation.store.browse import numbers_of
from curation.store.judged import Cell, scores_by_author
from curation.store.samples import read_samples
from curation.store.scores import count_problems, read_editions
from curation.store.together import Together, read_together

MOST_APART = 50
"""Disagreements that are listed, the widest first."""


@dataclass(frozen=True)
class Apart:
    """A sample on which judges, or the two orders of a pair, disagree: how far, on what, and its instruction."""

    number: int
    spread: float
    criterion: str
    instruction: str


@dataclass(frozen=True)
class Judged:
    """What one judge said of the samples that are shown, in the version that counts now.

    Args:
        judge: its name.
        samples: how many of those shown it has a value for.
        spreads: by signal, how its values are spread; each is a facet.
        whole: one value per sample.
        signal: the signal that holds it.
        lengths: the length of each answer in characters, in the order of `whole`; for pairs chosen over rejected.
        effect: how the values go with length.
        cells: mean score by author and judging model, over the whole workspace.
        apart: disagreements, the widest first.
        problems: samples without a verdict, by problem.
        stale: (version, samples) of older versions, which are kept.
    """

    judge: str
    samples: int
    spreads: Mapping[str, Spread]
    whole: Overall
    signal: str
    lengths: NDArray[np.float64]
    effect: LengthEffect
    cells: list[Cell]
    apart: list[Apart]
    problems: dict[str, int]
    stale: list[tuple[str, int]]


def look_at_judge(workspace: Workspace, judge: str, facets: Facets) -> Judged:
    """Everything that is shown of one judge.

    Raises:
        NotReady: it has not judged anything yet.
    """
    current = read_current(workspace).get(judge)
    if current is None:
        raise NotReady("This judge has not judged anything yet. Choose samples and press Run.")
    shown = numbers_of(workspace, facets)
    found = read_together(workspace, judge, current.version)
    flags = found.pop(INJECTION, None)
    own = {criterion: one for criterion, one in found.items() if judge != "tags" or criterion == TAGS}
    whole = _among(overall(judge, own, current.joining), shown)
    lengths, effect = effect_of_length(workspace, judge, whole)
    columns = own | ({INJECTION: flags} if flags else {})
    return Judged(
        judge=judge,
        samples=len(whole.numbers),
        spreads={signal_name(judge, criterion): _spread(one, shown) for criterion, one in columns.items()},
        whole=whole,
        signal=signal_name(judge, overall_name(judge, list(own))),
        lengths=lengths,
        effect=effect,
        cells=scores_by_author(workspace, judge, current.version, _main(judge, own)),
        apart=_apart(workspace, own, shown),
        problems=count_problems(workspace, judge, current.version, INJECTION),
        stale=[
            (one.version, one.samples)
            for one in read_editions(workspace)
            if one.judge == judge and one.version != current.version
        ],
    )


def _main(judge: str, own: Mapping[str, Together]) -> list[str]:
    return [criterion for criterion in own if criterion == SORTS_BY.get(judge, criterion)]


def _among(whole: Overall, shown: NDArray[np.int32]) -> Overall:
    inside = np.isin(whole.numbers, shown, assume_unique=True)
    return Overall(whole.numbers[inside], whole.values[inside])


def _spread(one: Together, shown: NDArray[np.int32]) -> Spread:
    return spread(one.mean[np.isin(one.numbers, shown, assume_unique=True)])


def _apart(workspace: Workspace, own: Mapping[str, Together], shown: NDArray[np.int32]) -> list[Apart]:
    """The widest disagreement of each sample, where there is any."""
    widest: dict[int, tuple[float, str]] = {}
    for criterion, one in own.items():
        # Two orders that disagree are as far apart as a verdict can be.
        gaps = np.where(one.split, 2.0, one.spread)
        for place in np.flatnonzero((gaps > 0) & np.isin(one.numbers, shown, assume_unique=True)).tolist():
            number = int(one.numbers[place])
            widest[number] = max(widest.get(number, (0.0, "")), (float(gaps[place]), criterion))
    first = sorted(widest, key=lambda number: (-widest[number][0], number))[:MOST_APART]
    samples = read_samples(workspace, first)
    return [Apart(number, *widest[number], sample.instruction) for number, sample in zip(first, samples, strict=True)]
