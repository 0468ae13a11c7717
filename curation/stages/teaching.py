"""What my decisions say: what foretells them, which bounds they suggest, and which samples would teach most."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from curation.duplicates import wilson
from curation.errors import NotReady
from curation.recipe import Rule, passes
from curation.reviewing.bounds import find_bounds
from curation.reviewing.teaching import (
    FEWEST,
    FEWEST_EACH,
    Learned,
    Prepared,
    learn,
    most_informative,
    prepare,
)
from curation.stages.borders import Edge
from curation.stages.impact import Lost
from curation.stages.tuning import Choice, choices, column, groupings, labels
from curation.store import Workspace
from curation.store.decisions import read_verdicts
from curation.store.labelled import stamp
from curation.store.signals import write_column

JUDGED = "judge: "
"""How the signals that judges leave begin; they take part only where they are named."""
WORTH = "decisions: worth a look"
"""The signal that holds the order in which samples would teach most, from 1."""
_PLACES = ("neighbour_sample", "earlier_sample")
_FROM_PEOPLE = ("decisions: ", "human rating", "rating", "flag")
MOST_LABELS = 5
FEWEST_LABELLED = 10
LOOK_AT = 50


@dataclass(frozen=True)
class Suggested:
    """A bound that decisions suggest.

    Args:
        signal: what it is on.
        edge: at which end.
        bound: where.
        rejected: decided samples beyond it that were rejected.
        lost: what it would remove, and how many of these people had accepted.
    """

    signal: str
    edge: Edge
    bound: float
    rejected: int
    lost: Lost


@dataclass(frozen=True, eq=False)
class Lesson:
    """What decisions say.

    Args:
        decided: samples that people decided on.
        accepted: of these.
        learned: the model and how far to trust it.
        prepared: what it learned from.
        labelled: by name of a value that is a label: (signal, label).
        bounds: those that spare the accepted samples, the one that takes most rejected ones first.
        left: places of the samples that nobody decided on.
    """

    decided: int
    accepted: int
    learned: Learned
    prepared: Prepared
    labelled: dict[str, tuple[str, str]]
    bounds: tuple[Suggested, ...]
    left: NDArray[np.intp]


def judge_signals(workspace: Workspace) -> list[str]:
    """Scores of judges, which take part only where they are named: a judge may be what the decisions went by."""
    return [name for name, choice in choices(workspace).items() if _is_judge(name) and choice.kind == "number"]


def learn_from_decisions(workspace: Workspace, named: Sequence[str] = ()) -> Lesson:
    """Fit a model that can be read to what people accepted and rejected.

    What people themselves left (ratings, flags, tags, reasons) is no predictor; a judge's score only where it is named.
    It is kept until somebody decides, samples come or something is measured.

    Raises:
        NotReady: fewer than 50 samples are decided on, or fewer than ten of them were accepted, or rejected.
    """
    verdicts = read_verdicts(workspace)
    accepted, decided = int((verdicts > 0).sum()), int((verdicts != 0).sum())
    if decided < FEWEST:
        raise NotReady(
            f"People have decided on {decided:,} of {FEWEST} samples from which something can be learned. "
            f"Review {FEWEST - decided} more."
        )
    if min(accepted, decided - accepted) < FEWEST_EACH:
        raise NotReady(
            f"{accepted:,} samples are accepted and {decided - accepted:,} rejected; at least {FEWEST_EACH} of each "
            "are needed to tell what sets them apart."
        )
    return _lesson(workspace, stamp(workspace), tuple(named), verdicts.tobytes())


def choose_worth(workspace: Workspace, lesson: Lesson, limit: int = LOOK_AT) -> int:
    """Number the samples that would teach most, 1 first, in the signal `WORTH`; gives how many they are."""
    found = most_informative(lesson.prepared.columns, lesson.learned.chance, lesson.left, limit)
    write_column(workspace, WORTH, np.array(found, np.int32), np.arange(1, len(found) + 1))
    return len(found)


@lru_cache(maxsize=2)
def _lesson(workspace: Workspace, _state: tuple[int, ...], named: tuple[str, ...], said: bytes) -> Lesson:
    verdicts = np.frombuffer(said, np.int8)
    numbers = dict(_numbers(workspace, named))
    labelled: dict[str, tuple[str, str]] = {}
    columns = dict(numbers)
    for pair, values in _labels(workspace, verdicts):
        labelled[": ".join(pair)] = pair
        columns[": ".join(pair)] = values
    prepared = prepare(columns, verdicts != 0)
    own = {name: numbers[name] for name in prepared.names if name in numbers}
    return Lesson(
        decided=int((verdicts != 0).sum()),
        accepted=int((verdicts > 0).sum()),
        learned=learn(prepared, verdicts),
        prepared=prepared,
        labelled=labelled,
        bounds=_suggested(own, verdicts),
        left=np.flatnonzero(verdicts == 0),
    )


def _suggested(columns: dict[str, NDArray[np.float64]], verdicts: NDArray[np.int8]) -> tuple[Suggested, ...]:
    found = [
        Suggested(one.name, one.edge, one.bound, one.rejected, _lost(columns[one.name], one.edge, one.bound, verdicts))
        for one in find_bounds(columns, verdicts)
    ]
    return tuple(found)


def _lost(values: NDArray[np.float64], edge: Edge, bound: float, verdicts: NDArray[np.int8]) -> Lost:
    rule = Rule(signal="any", least=bound) if edge == "least" else Rule(signal="any", most=bound)
    removed = ~passes(rule, values)
    decided, accepted = int((removed & (verdicts != 0)).sum()), int((removed & (verdicts > 0)).sum())
    return Lost(int(removed.sum()), decided, accepted, *wilson(accepted, decided))


def _numbers(workspace: Workspace, named: Sequence[str]) -> Iterator[tuple[str, NDArray[np.float64]]]:
    for name, choice in choices(workspace).items():
        if choice.kind == "number" and _may_foretell(name, named):
            yield name, _column(workspace, choice)


def _column(workspace: Workspace, choice: Choice) -> NDArray[np.float64]:
    found = column(workspace, choice)
    assert isinstance(found, np.ndarray)
    return found


def _labels(workspace: Workspace, verdicts: NDArray[np.int8]) -> Iterator[tuple[tuple[str, str], NDArray[np.float64]]]:
    """The labels that are frequent among the decided samples, as columns of 0 and 1."""
    for signal in groupings(workspace):
        if not _may_foretell(signal, ()):
            continue
        found = labels(workspace, signal)
        counts = sorted(found.counts_in(verdicts != 0).items(), key=lambda item: (-item[1], item[0]))
        for label, samples in counts[:MOST_LABELS]:
            if samples >= FEWEST_LABELLED:
                yield (signal, label), found.any_of({label}).astype(np.float64)


def _may_foretell(name: str, named: Sequence[str]) -> bool:
    if _is_judge(name):
        return name in named
    return not name.startswith((*_PLACES, *_FROM_PEOPLE))


def _is_judge(name: str) -> bool:
    return name.startswith(JUDGED)
