"""What measuring has taken so far, tier by tier, cheap ones first; all of it from runs that were made."""

from dataclasses import dataclass

from curation.signals import SIGNALS
from curation.stages.classifying import KIND as CLASSIFY
from curation.stages.contamination import KIND as CONTAMINATION
from curation.stages.judging import KIND as JUDGE
from curation.stages.measuring import TIERS, VERB_OBJECT, spent, tier_of
from curation.store import Workspace
from curation.store.costs import Took, took_by_kind

WHAT = {
    1: "Counts and patterns",
    2: "Languages, readability, personal data",
    3: "Parsing: verbs and their objects",
}
RUNS = {
    "embed": ("Embedding", "Map, nearest neighbours, distance to the cluster's centre"),
    CONTAMINATION: ("Benchmarks", "Words and meanings shared with benchmark files"),
    CLASSIFY: ("Classifier", "A model on this computer, on what is still in"),
    JUDGE: ("Judges", "Models that are asked: judges and moderation, on what you choose"),
}
"""Kinds of runs that measure, the costliest last."""


@dataclass(frozen=True)
class Tier:
    """One tier, cheap ones first.

    Args:
        name: its number, or the kind of run.
        what: what it measures.
        signals: how many signals it has, 0 where that depends on what is chosen.
        samples: samples that runs have measured, None where runs count something else.
        seconds: that they were at work.
        dollars: that they cost, NaN where no price was known.
    """

    name: str
    what: str
    signals: int
    samples: int | None
    seconds: float
    dollars: float

    @property
    def per_thousand(self) -> float | None:
        """Seconds for a thousand samples, None where it is not known."""
        return 1000 * self.seconds / self.samples if self.samples else None


def tiers(workspace: Workspace) -> list[Tier]:
    """Every tier in order, those that were never measured with nothing."""
    by_kind = took_by_kind(workspace, tuple(RUNS))
    return [*_measured(workspace), *(_of_runs(kind, by_kind.get(kind)) for kind in RUNS)]


def _measured(workspace: Workspace) -> list[Tier]:
    kept = spent(workspace)
    names = [*SIGNALS, *VERB_OBJECT]
    found = []
    for tier in TIERS:
        signals = sum(tier_of(name) == tier for name in names)
        one = kept.get(tier)
        samples, seconds = (one.samples, one.seconds) if one else (0, 0.0)
        found.append(Tier(f"Tier {tier}", WHAT[tier], signals, samples, seconds, 0.0))
    return found


def _of_runs(kind: str, took: Took | None) -> Tier:
    name, what = RUNS[kind]
    return Tier(name, what, 0, None, took.seconds if took else 0.0, took.dollars if took else 0.0)
