"""What the plan costs: people who decide, against models that write and judge. All of it from what was done so far."""

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from curation.errors import BadInput
from curation.generators import MODEL_GENERATORS
from curation.judges import JUDGES
from curation.practice import PRACTICE_MODEL
from curation.stages.judging import KIND as JUDGE
from curation.stages.repairing import KIND as REPAIR
from curation.stages.synthesis import KIND as GENERATE
from curation.store import Workspace
from curation.store.decisions import read_verdicts
from curation.store.outlay import Paid, brought_by, count_judged, read_gaps, read_paid
from curation.store.people import check
from curation.store.settings import read_setting, write_setting

Numbers = NDArray[np.int32]

PAUSE: Final = 300.0
"""Seconds after which the next decision is one of another sitting."""
FEWEST: Final = 10
"""Gaps between decisions below which no pace is told."""
PER_HOUR: Final = "outlay.per_hour"


@dataclass(frozen=True)
class Pace:
    """How fast people decide.

    Args:
        seconds: the median from one decision to the next of the same sitting.
        mean: their mean, which long looks at single samples pull up.
        gaps: from how many such gaps.
        is_own: whether they are all of the reader; else of everybody.
    """

    seconds: float
    mean: float
    gaps: int
    is_own: bool


@dataclass(frozen=True)
class Spent:
    """What models were paid and for how many samples: written and still in, or judged.

    Args:
        dollars: US dollars; what has no known price is left out.
        samples: that it was for.
        unpriced: calls without a known price.
        calls: whether any model but the practice model was asked at all.
    """

    dollars: float
    samples: int
    unpriced: int
    calls: bool

    @property
    def each(self) -> float | None:
        """US dollars for one sample, None where it is not known."""
        return self.dollars / self.samples if self.samples and not self.unpriced else None


@dataclass(frozen=True)
class Load:
    """What is still to do.

    Args:
        samples: of the data set in the end.
        to_write: that a model has to write yet.
        to_decide: that no person has decided on yet, those to be written included.
    """

    samples: int
    to_write: int
    to_decide: int


@dataclass(frozen=True)
class Outlay:
    """What is known of costs, None for what is not.

    Args:
        pace: of people.
        per_hour: US dollars for an hour of a person.
        writing: what models were paid to write samples.
        judging: what they were paid to judge.
    """

    pace: Pace | None
    per_hour: float | None
    writing: Spent
    judging: Spent

    def hours(self, load: Load) -> float | None:
        """Of a person who decides on all that is to be decided."""
        return load.to_decide * self.pace.seconds / 3600 if self.pace else None

    def wages(self, load: Load) -> float | None:
        """US dollars for these hours."""
        hours = self.hours(load)
        return None if hours is None or self.per_hour is None else hours * self.per_hour

    def judged(self, load: Load) -> float | None:
        """US dollars for a judge in the place of that person."""
        return _times(load.to_decide, self.judging.each)

    def written(self, load: Load) -> float | None:
        """US dollars for a model that writes what is missing."""
        return _times(load.to_write, self.writing.each)


def outlay(workspace: Workspace, inside: Numbers, reader: str) -> Outlay:
    """What is known of costs.

    Args:
        workspace: where it was done.
        inside: numbers of the samples that are in; what a model wrote and was dropped raises the price of the rest.
        reader: whose pace counts; everybody's where theirs cannot be told.
    """
    writing, judging, brought, judged = _spent(workspace, workspace.changes)
    kept = len(np.intersect1d(brought, inside))
    return Outlay(
        pace_of(workspace, reader),
        per_hour(workspace),
        Spent(writing.dollars, kept, writing.unpriced, bool(writing.runs)),
        Spent(judging.dollars, judged, judging.unpriced, bool(judging.runs)),
    )


def pace_of(workspace: Workspace, reader: str) -> Pace | None:
    """How fast the reader decides, else everybody; None where fewer than `FEWEST` gaps tell it."""
    gaps = read_gaps(workspace, PAUSE)
    own = gaps.get(reader, np.empty(0))
    chosen = own if len(own) >= FEWEST else np.concatenate([np.empty(0), *gaps.values()])
    if len(chosen) < FEWEST:
        return None
    return Pace(float(np.median(chosen)), float(chosen.mean()), len(chosen), chosen is own)


def load(workspace: Workspace, numbers: Numbers, target: int = 0) -> Load:
    """What is to be done for these samples, or for a set of `target` samples that begins with them."""
    undecided = int((read_verdicts(workspace)[numbers] == 0).sum())
    samples = target or len(numbers)
    decided = len(numbers) - undecided
    return Load(samples, max(0, samples - len(numbers)), max(0, samples - decided))


def per_hour(workspace: Workspace) -> float | None:
    """US dollars that an hour of a person costs, None where nobody has said."""
    kept = read_setting(workspace, PER_HOUR)
    return float(kept) if kept else None


def set_per_hour(workspace: Workspace, dollars: float | None) -> None:
    """Keep what an hour of a person costs; None forgets it.

    Raises:
        BadInput: it is below nothing, or no number.
        NotAllowed: the one who is logged in may not export.
    """
    check(workspace, "export")
    if dollars is not None and not 0 <= dollars < math.inf:
        raise BadInput("What an hour costs is a number of US dollars from 0 up.")
    write_setting(workspace, PER_HOUR, "" if dollars is None else repr(dollars))


@lru_cache(maxsize=1)
def _spent(workspace: Workspace, _changes: int) -> tuple[Paid, Paid, Numbers, int]:
    """(paid for writing, for judging, numbers of what was written, how many were judged), practice left out."""
    writing = read_paid(workspace, (GENERATE, REPAIR), tuple(MODEL_GENERATORS), PRACTICE_MODEL)
    judging = read_paid(workspace, (JUDGE,), tuple(JUDGES), PRACTICE_MODEL)
    return writing, judging, brought_by(workspace, writing.runs), count_judged(workspace, judging.runs)


def _times(samples: int, each: float | None) -> float | None:
    if not samples:
        return 0.0
    return None if each is None else samples * each
