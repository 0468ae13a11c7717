"""What is in → a data set with splits, before anything is written."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from curation.errors import NotReady
from curation.exporters import FileFormat
from curation.facets import Facets
from curation.practice import PRACTICE_MODEL
from curation.recipe import Shape
from curation.sample import Sample
from curation.stages.curating import renew_duplicates
from curation.stages.dealing import Size, Tally, deal
from curation.stages.mixing import mix
from curation.stages.selecting import select
from curation.store import Workspace
from curation.store.authors import written_alone_by
from curation.store.browse import numbers_of
from curation.store.samples import count_samples, read_samples

Numbers = NDArray[np.int32]
UNREAD = -1
BLOCK = 5_000
"""Samples that are held at once while a plan is read."""


@dataclass(frozen=True, eq=False)  # equal to itself alone, so that what is found of it can be kept
class Plan:
    """Which sample goes where, before anything is written.

    Args:
        numbers: of the samples that go out, in the order of export, each once.
        ids: theirs.
        assignment: sample id → split.
        threshold: the similarity from which two samples were kept together, None where no pairs are known.
        groups: how many sets of samples that had to stay together.
        steps: how many samples were there after each step, in order.
        sequence: the numbers in the order of export, as often as the mixture repeats them.
        training: the split in which alone they are repeated.
        splits: how large each was to be and is, each sample counted once; in the order to show.
        ties: what was kept together, by kind.
        unspread: the label that was to be spread over all splits alike and that no sample has, "" where that is none.
        workspace: where the samples are read.
    """

    numbers: Sequence[int]
    ids: Sequence[str]
    assignment: Mapping[str, str]
    threshold: float | None
    groups: int
    steps: Mapping[str, int]
    sequence: Sequence[int]
    training: str
    splits: Mapping[str, Size]
    ties: Mapping[str, Tally]
    unspread: str
    workspace: Workspace = field(repr=False)

    @cached_property
    def _dealt(self) -> Mapping[str, Sequence[int]]:
        where = dict(zip(self.numbers, (self.assignment[sample_id] for sample_id in self.ids), strict=True))
        dealt: dict[str, list[int]] = {}
        for number in self.sequence:
            dealt.setdefault(where[number], []).append(number)
        once = {name: list(dict.fromkeys(numbers)) for name, numbers in dealt.items() if name != self.training}
        return dealt | once

    def sizes(self) -> dict[str, int]:
        """Samples per split, as they will be written."""
        return {name: len(numbers) for name, numbers in self._dealt.items()}

    def written(self, split: str) -> Sequence[int]:
        """The numbers of what is written for one split, in order, as often as it is."""
        return self._dealt.get(split, ())

    def samples(self, split: str) -> Iterator[Sample]:
        """What is written for one split, in order; never more than a block of samples is held."""
        numbers = self.written(split)
        for start in range(0, len(numbers), BLOCK):
            yield from read_samples(self.workspace, numbers[start : start + BLOCK])


def carried(chosen: Plan, forms: Sequence[FileFormat]) -> list[dict[str, int]]:
    """For each format, how many samples of each split it can carry; no sample is read twice for it."""
    going, total = np.unique(np.asarray(chosen.numbers, np.int32)), count_samples(chosen.workspace)
    known = _accepted(chosen.workspace, total)
    accepted = [known.setdefault(form, np.full(total, UNREAD, np.int8)) for form in forms]
    unread = going[np.any([one[going] == UNREAD for one in accepted], axis=0)].tolist()
    for start in range(0, len(unread), BLOCK):
        block = unread[start : start + BLOCK]
        for number, sample in zip(block, read_samples(chosen.workspace, block), strict=True):
            for form, one in zip(forms, accepted, strict=True):
                one[number] = form.accepts(sample)
    return [{split: int(np.sum(one[list(chosen.written(split))])) for split in chosen.sizes()} for one in accepted]


@lru_cache(maxsize=2)
def _accepted(workspace: Workspace, total: int) -> dict[FileFormat, NDArray[np.int8]]:  # noqa: ARG001 (of so many)
    """For each format that was asked about, 1 or 0 for every sample: whether it can carry it. Samples never change."""
    return {}


def plan(workspace: Workspace, states: Sequence[str], shape: Shape, *, practice: bool = False) -> Plan:
    """Choose and mix what is in and deal it into splits; near-duplicates, equal prompts and relatives stay together.

    Which near-duplicates the recipe drops is decided anew first, so that every decision and sample so far counts.
    Text of the practice model is left out unless `practice` is set. The same plan is given again while nothing is
    written to the workspace.

    Raises:
        NotReady: nothing is in but text of the practice model, or nothing at all, or the recipe drops near-duplicates
            by a text that was not compared, or the selection takes long and is not made yet (`choose` makes it), or
            what selection or mixture go by is not there.
        BadRecipe: the selection names no known method or option.
    """
    renew_duplicates(workspace)
    return _plan(workspace, workspace.changes, tuple(states), shape.shape(), practice)


def count_practice(workspace: Workspace, states: Sequence[str]) -> int:
    """How many samples that are in have no other text than that of the practice model."""
    return len(_inside(workspace, workspace.changes, tuple(states))[1])


def inside(workspace: Workspace, states: Sequence[str], *, practice: bool = False) -> Numbers:
    """Numbers of what is in, of which a plan takes all or a part, ascending; near-duplicates are decided anew first.

    Raises:
        NotReady: the recipe drops near-duplicates by a text that was not compared.
    """
    renew_duplicates(workspace)
    found, of_practice = _inside(workspace, workspace.changes, tuple(states))
    return found if practice else np.setdiff1d(found, of_practice)


@lru_cache(maxsize=2)
def _plan(workspace: Workspace, changes: int, states: tuple[str, ...], shape: Shape, practice: bool) -> Plan:
    inside, of_practice = _inside(workspace, changes, states)
    going = inside if practice else np.setdiff1d(inside, of_practice)
    if not len(going) and len(of_practice):
        raise NotReady(
            f"All that is in is text of the practice model ({len(of_practice):,} samples). It is made up by rule, for "
            "trying things out, and is exported only where asked for: by the switch under Contents, or --practice."
        )
    if not len(going):
        raise NotReady("No sample is in: import some, or loosen the filters, before exporting.")
    chosen = select(workspace, going, shape.selection)
    mixed = mix(workspace, chosen.numbers, shape.mixture)
    numbers = mixed.numbers.tolist()
    dealt = deal(workspace, numbers, shape.splits)
    return Plan(
        numbers=numbers,
        ids=tuple(dealt.assignment),
        assignment=dealt.assignment,
        threshold=dealt.threshold,
        groups=dealt.groups,
        steps={
            "after_decisions": len(inside),
            "after_practice": len(going),
            "after_selection": len(chosen.numbers),
            "after_mixture": len(mixed.sequence),
        },
        sequence=mixed.sequence.tolist(),
        training=shape.splits.training,
        splits=dealt.sizes,
        ties=dealt.ties,
        unspread=dealt.unspread,
        workspace=workspace,
    )


@lru_cache(maxsize=2)
def _inside(workspace: Workspace, _changes: int, states: tuple[str, ...]) -> tuple[Numbers, Numbers]:
    """(numbers of what is in, those among them that are text of the practice model alone)."""
    inside = numbers_of(workspace, Facets(states=states))
    of_practice = np.intersect1d(inside, written_alone_by(workspace, PRACTICE_MODEL))
    for kept in (inside, of_practice):
        kept.flags.writeable = False  # whoever asks again gets the same
    return inside, of_practice
