"""The collapse watch: whether what a model proposes becomes more and more alike, batch by batch.

Everything is computed from what is stored, so that a closed tab or a restart loses nothing. Batches never change once
they are full: each is measured once in a process.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from curation.diversity.collapse import distinct_at, self_repetition, top_opening
from curation.diversity.drift import Usual, Watched, watch
from curation.facets import Facets
from curation.rouge import Pool
from curation.sample import Sample
from curation.signals.model_fingerprints import ModelFingerprints
from curation.store import Workspace
from curation.store.authors import naming_no_model
from curation.store.plans import read_plan
from curation.store.proposed import Proposed, count_proposed, read_proposed
from curation.store.samples import count_samples, read_samples

BATCH = 25
"""Proposals in a batch."""
HEAD = 24
"""Words of the instruction and of the answer that are looked at."""
SEEDS = 100
"""Seeds that novelty is measured against; of more, so many at equal distances."""
LEAST_HUMAN = 0.1
"""A smaller share of data written by people is warned about. Models trained on their own text that kept a tenth of
the human data lost little in Shumailov et al. 2024 (doi:10.1038/s41586-024-07566-y); without any they collapsed."""
_measuring = Lock()
_CHANCE = 1 / (2 * math.sqrt(BATCH))

MEASURES: Mapping[str, Usual] = {
    "distinct": Usual("low", "number", 0.02),
    "self_repetition": Usual("high", "share", _CHANCE),
    "novelty": Usual("low", "number", 0.02),
    "opening_share": Usual("high", "share", _CHANCE),
    "fingerprints": Usual("high", "share", _CHANCE),
}
"""What is watched, in the order to show, and how."""


@dataclass(frozen=True)
class Readings:
    """What is read off one batch of proposals; NaN where a number does not apply.

    Args:
        distinct: expected share of different pairs of words among 200.
        self_repetition: share of the texts with four words in a row that another one has too.
        novelty: 1 less the mean ROUGE-L of the instructions with their nearest seed.
        opening_share: share of the instructions that start with the commonest three words.
        fingerprints: share of the answers that give a model away in their first words.
        opening: the commonest three words.
    """

    distinct: float
    self_repetition: float
    novelty: float
    opening_share: float
    fingerprints: float
    opening: str


@dataclass(frozen=True)
class Watch:
    """A run as it was watched.

    Args:
        batches: the readings of each full batch, in order.
        human: after each batch the share of all samples of the workspace that people wrote, 0 to 1.
    """

    batches: tuple[Readings, ...]
    human: tuple[float, ...]

    @cached_property
    def watched(self) -> dict[str, Watched]:
        """Every measure with its alarm."""
        return {name: watch(values_of(self.batches, name), how) for name, how in MEASURES.items()}

    @property
    def alarms(self) -> dict[str, int]:
        """The measures that gave an alarm and the number of the batch that did (from 0), the first alarm first."""
        found = {name: one.alarm for name, one in self.watched.items() if one.alarm is not None}
        return dict(sorted(found.items(), key=lambda item: item[1]))


def read_batch(proposed: Sequence[Proposed], seeds: Pool) -> Readings:
    """Measure one batch; what has no instruction is left out."""
    there = [one for one in proposed if one.instruction.strip()]
    instructions = [one.instruction.lower().split()[:HEAD] for one in there]
    answers = [one.output.lower().split()[:HEAD] for one in there]
    opening, share = top_opening(instructions)
    return Readings(
        distinct=distinct_at([*instructions, *answers]),
        self_repetition=self_repetition([[*asked, *said] for asked, said in zip(instructions, answers, strict=True)]),
        novelty=_novelty([one.instruction for one in there], seeds),
        opening_share=share,
        fingerprints=_fingerprints(answers),
        opening=opening,
    )


def watch_run(workspace: Workspace, run: str) -> Watch:
    """Watch what a run with a model has proposed so far, kept and dropped alike: its full batches."""
    found = _batches(workspace, run)
    return Watch(tuple(readings for readings, _ in found), _human_after(workspace, [last for _, last in found]))


def values_of(batches: Sequence[Readings], name: str) -> list[float]:
    """One of `MEASURES`, batch by batch."""
    return [float(getattr(one, name)) for one in batches]


def human_share(workspace: Workspace) -> float:
    """Share of all samples that people wrote, as their origins say, 0 to 1; NaN where there are none."""
    human = _human(workspace, workspace.changes)
    return float(human[-1]) if len(human) else math.nan


def _novelty(instructions: Sequence[str], seeds: Pool) -> float:
    return float(1 - seeds.scores(instructions).max(axis=1).mean()) if len(seeds) and instructions else math.nan


def _fingerprints(answers: Sequence[Sequence[str]]) -> float:
    found = [
        value for value in ModelFingerprints()([Sample("", output=" ".join(one)) for one in answers]) if value >= 0
    ]
    return sum(value > 0 for value in found) / len(found) if found else math.nan


def _human_after(workspace: Workspace, last: Sequence[int]) -> tuple[float, ...]:
    """The share of human-written samples among those up to the latest sample of each batch."""
    human = _human(workspace, workspace.changes)
    latest = np.maximum.accumulate(np.asarray(last, np.int64)) if last else np.zeros(0, np.int64)
    return tuple(float(human[at]) if at >= 0 else math.nan for at in latest)


@lru_cache(maxsize=32)
def _known(_workspace: Workspace, _run: str) -> list[tuple[Readings, int]]:
    """The full batches of a run that were measured already, with their latest sample: they never change."""
    return []


def _batches(workspace: Workspace, run: str) -> list[tuple[Readings, int]]:
    with _measuring:
        known = _known(workspace, run)
        full = count_proposed(workspace, run) // BATCH
        new = read_proposed(workspace, run, len(known) * BATCH, full * BATCH)
        for start in range(0, len(new), BATCH):
            batch = new[start : start + BATCH]
            known.append((read_batch(batch, _seeds(workspace, run)), max(one.sample for one in batch)))
        return list(known)


@lru_cache(maxsize=4)
def _seeds(workspace: Workspace, run: str) -> Pool:
    plan = read_plan(workspace, run)
    numbers = list(plan.pool) if plan else []
    places = np.linspace(0, len(numbers) - 1, min(SEEDS, len(numbers))).round().astype(int)
    return Pool(sample.instruction for sample in read_samples(workspace, [numbers[place] for place in places]))


@lru_cache(maxsize=1)
def _human(workspace: Workspace, _changes: int) -> NDArray[np.float64]:
    """After each sample, by number, the share of those so far that people wrote."""
    total = count_samples(workspace)
    by_people = np.zeros(total)
    by_people[naming_no_model(workspace, Facets())] = 1
    return np.asarray(np.cumsum(by_people) / np.arange(1, total + 1))
