"""How much that was not there a run has brought: new kinds of request, and how near it stays to its seeds."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from curation.diversity import VerbObject, verb_objects
from curation.errors import NotReady
from curation.facets import Facets
from curation.rouge import Pool
from curation.store import Workspace
from curation.store.browse import numbers_of
from curation.store.candidates import count_kept
from curation.store.plans import read_plan
from curation.store.samples import read_samples

BARS = 20
"""Bars of the histogram from 0 to 1."""
MOST = 2000
"""Instructions of a run that are looked at; of more, so many at equal distances."""
QUICK = 5_000_000
"""Comparisons that take about half a second on one core."""


@dataclass(frozen=True)
class Novelty:
    """What a run brought, by the instructions that it kept.

    Args:
        instructions: different ones that were looked at.
        of: different ones that the run kept.
        seeds: different instructions that it started from.
        pairs: different verb–object pairs in those looked at.
        new_pairs: how many of these no seed has.
        similarities: ROUGE-L F1 of each with its nearest seed, 0 to 1, ascending; none where there is no seed.
    """

    instructions: int
    of: int
    seeds: int
    pairs: int
    new_pairs: int
    similarities: tuple[float, ...]

    @property
    def share_new(self) -> float:
        """Share of the verb–object pairs that are new, 0 to 1; NaN where no pair was found."""
        return self.new_pairs / self.pairs if self.pairs else float("nan")

    @property
    def median(self) -> float:
        """The similarity with the nearest seed that half of the instructions do not pass; NaN for none."""
        return float(np.median(self.similarities)) if self.similarities else float("nan")

    @property
    def bars(self) -> list[int]:
        """Instructions by their similarity, in BARS steps of equal width from 0 to 1."""
        return [int(count) for count in np.histogram(self.similarities, bins=BARS, range=(0.0, 1.0))[0]]


def novelty(seeds: Sequence[str], kept: Sequence[str], most: int = MOST) -> Novelty:
    """Compare kept instructions with those they were made from.

    The pairs are those of Self-Instruct's chart (Wang et al. 2023, https://arxiv.org/abs/2212.10560, figure 3), the
    similarity is its figure 4.

    >>> found = novelty(["Write a poem."], ["Write a poem about rain.", "Sort the list.", "Write a poem!"])
    >>> found.pairs, found.new_pairs, [round(one, 2) for one in found.similarities]
    (2, 1, [0.0, 0.75, 1.0])
    """
    seeds, distinct = list(dict.fromkeys(seeds)), list(dict.fromkeys(kept))
    places = np.linspace(0, len(distinct) - 1, min(most, len(distinct))).round().astype(int)
    looked_at = [distinct[place] for place in places.tolist()]
    pairs = _pairs(looked_at)
    nearest = sorted(one.most for one in Pool(seeds).nearest(looked_at, 1)) if seeds else []
    new = len(pairs - _pairs(seeds))
    return Novelty(len(looked_at), len(distinct), len(seeds), len(pairs), new, tuple(nearest))


def measure_novelty(workspace: Workspace, run: str) -> Novelty:
    """The novelty of what a run with a model kept so far, compared with the samples that it started from.

    Raises:
        NotReady: it is not written down what the run started from.
    """
    seeds = read_samples(workspace, _pool(workspace, run))
    kept = read_samples(workspace, numbers_of(workspace, Facets(runs=(run,))).tolist())
    return novelty([sample.instruction for sample in seeds], [sample.instruction for sample in kept])


def is_quick(workspace: Workspace, run: str) -> bool:
    """Whether the novelty of a run can be measured while a reader waits for the page.

    Raises:
        NotReady: it is not written down what the run started from.
    """
    return min(MOST, count_kept(workspace, run)[1]) * len(_pool(workspace, run)) <= QUICK


def _pool(workspace: Workspace, run: str) -> Sequence[int]:
    plan = read_plan(workspace, run)
    if plan is None:
        raise NotReady("What this run started from is not written down, so there is nothing to compare it with.")
    return plan.pool


def _pairs(texts: Sequence[str]) -> set[VerbObject]:
    """Verbs with an object; those without one say too little."""
    return {pair for pair in verb_objects(texts) if pair is not None and pair[1] is not None}
