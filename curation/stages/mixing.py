"""What is in → a mixture: so many samples of each label, in an order."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from curation.computing.order import shuffled
from curation.errors import NotReady
from curation.facets import Facets
from curation.mixture import Quota, Tightest, arrange, draw, one_label_each, quotas, tightest
from curation.recipe import Mixture
from curation.store import Workspace
from curation.store.authors import naming_no_model
from curation.store.labelled import TAG, list_labelled, read_coded
from curation.store.samples import read_ids
from curation.store.signals import list_measured, read_numbers

Numbers = NDArray[np.int32]


@dataclass(frozen=True, eq=False)
class Mixed:
    """What a mixture makes of the samples that are in.

    Args:
        sequence: numbers of the samples in the order in which they go out, repeats included.
        quotas: what was wanted of each label, is there, and goes out.
        tight: the label that limits it, None where none does.
        human: how many of what goes out name no model as an author, repeats included.
        share: what share of it those were to be.
        people: how many of these there are to take from.
    """

    sequence: Numbers
    quotas: tuple[Quota, ...]
    tight: Tightest | None
    human: int
    share: float
    people: int

    @property
    def numbers(self) -> Numbers:
        """Each sample once, in the order in which they first go out."""
        numbers, first = np.unique(self.sequence, return_index=True)
        return numbers[np.argsort(first)]

    @property
    def missing_people(self) -> int:
        """How many more samples that name no model it would take for their share."""
        return max(0, int(np.ceil(round(self.share * len(self.sequence), 6))) - self.human)


def mix(workspace: Workspace, numbers: Numbers, mixture: Mixture) -> Mixed:
    """Mix samples; the same ones are mixed the same way whatever their order. Nothing changes without a wish.

    Raises:
        NotReady: labels or a signal that it goes by are not there, or nothing goes out.
    """
    return _mix(workspace, workspace.changes, np.asarray(numbers, np.int32).tobytes(), mixture)


def label_counts(workspace: Workspace, numbers: Numbers, mixture: Mixture) -> dict[str, int]:
    """How many samples of each label there are, "" for those without one.

    Raises:
        NotReady: there are no labels of that kind.
    """
    codes, names = _labelled(workspace, numbers, mixture)
    return dict(zip(names, np.bincount(codes, minlength=len(names)).tolist(), strict=True))


def kinds_of_labels(workspace: Workspace) -> list[str]:
    """What a mixture can tell samples apart by."""
    return [*list_labelled(workspace), TAG]


# A plan and the page that shows it ask for the same; all that it depends on is in the workspace or an argument.
@lru_cache(maxsize=4)
def _mix(workspace: Workspace, _changes: int, kept: bytes, mixture: Mixture) -> Mixed:
    numbers = np.sort(np.frombuffer(kept, np.int32))
    ids = read_ids(workspace, numbers.tolist())
    people = np.isin(numbers, naming_no_model(workspace, Facets()))
    codes, names = _labelled(workspace, numbers, mixture)
    there = dict(zip(names, np.bincount(codes, minlength=len(names)).tolist(), strict=True))
    found = quotas(there, mixture)
    got = {one.label: one.got for one in found}
    takes_all = got == there
    chance = np.arange(len(ids)) if takes_all else shuffled(ids, f"mixture {mixture.seed}")
    times = draw(codes, people, chance, [got[name] for name in names], mixture.human)
    if len(numbers) and not times.any():
        raise NotReady(_nothing(mixture, tightest(there, mixture)))
    return Mixed(
        sequence=numbers[arrange(times, ids, mixture.order, mixture.seed, _values(workspace, numbers, mixture))],
        quotas=tuple(found),
        tight=tightest(there, mixture),
        human=int(times[people].sum()),
        share=mixture.human,
        people=int(people.sum()),
    )


def _labelled(workspace: Workspace, numbers: Numbers, mixture: Mixture) -> tuple[NDArray[np.int64], tuple[str, ...]]:
    if not mixture.by:
        return np.zeros(len(numbers), np.int64), ("",)
    labels = read_coded(workspace, mixture.by)
    if not labels.names:
        raise NotReady(
            f'The mixture goes by "{mixture.by}", of which there are no labels here. Measure the samples, or choose '
            "something else to mix by."
        )
    return one_label_each(labels, numbers, mixture.named())


def _values(workspace: Workspace, numbers: Numbers, mixture: Mixture) -> NDArray[np.float64] | None:
    if mixture.order not in ("rising", "falling"):
        return None
    found = list_measured(workspace).get(mixture.order_by)
    if found is None or not found.numbers:
        raise NotReady(f'Samples are to go out by "{mixture.order_by}", and no sample has a number of that name.')
    return read_numbers(workspace, mixture.order_by)[numbers]


def _nothing(mixture: Mixture, tight: Tightest | None) -> str:
    if tight is None:
        return "The mixture takes nothing: all its shares or counts are 0."
    label = tight.quota.label or "no label"
    return (
        f'The mixture takes nothing, because no sample that is in has "{label}" as its {mixture.by.replace("_", " ")}. '
        "Leave that label out of the mixture, or give it a size."
    )
