"""What is in → who goes into which split, before anything is written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from curation.errors import NotReady
from curation.exporters import FileFormat
from curation.facets import Facets
from curation.practice import PRACTICE_MODEL
from curation.recipe import Splits
from curation.sample import Sample
from curation.splits import split, union_groups
from curation.stages.alike import kind_of
from curation.stages.curating import current_recipe, renew_duplicates
from curation.store import Workspace
from curation.store.authors import written_alone_by
from curation.store.browse import numbers_of
from curation.store.pairs import Space, find_space, latest_space, pairs_above
from curation.store.samples import read_lineage, read_samples
from curation.store.signals import read_labels

TOGETHER = 0.9
"""Cosine from which two samples share a split where the recipe names no threshold of its own."""


@dataclass(frozen=True)
class Plan:
    """Which sample goes where, before anything is written.

    Args:
        numbers: of the samples that are in.
        samples: the same in full.
        assignment: sample id → split.
        threshold: the cosine from which two samples were kept together, None where no pairs are known.
        groups: how many sets of samples that had to stay together.
    """

    numbers: Sequence[int]
    samples: Sequence[Sample]
    assignment: Mapping[str, str]
    threshold: float | None
    groups: int

    @cached_property
    def _dealt(self) -> Mapping[str, Sequence[Sample]]:
        dealt: dict[str, list[Sample]] = {}
        for sample in self.samples:
            dealt.setdefault(self.assignment[sample.id], []).append(sample)
        return dealt

    def sizes(self) -> dict[str, int]:
        """Samples per split."""
        return {name: len(samples) for name, samples in self._dealt.items()}

    def of(self, name: str, form: FileFormat) -> list[Sample]:
        """The samples of one split that a format can carry."""
        return [sample for sample in self._dealt.get(name, ()) if form.accepts(sample)]


@dataclass(frozen=True)
class _Ties:
    """What keeps samples in one split, besides their texts.

    Args:
        lineage: (child, parent) numbers.
        space: the near-duplicate pairs; they are written once and never changed.
        threshold: the similarity from which a pair stays together, None where no pairs are known.
    """

    lineage: tuple[tuple[int, int], ...]
    space: Space | None
    threshold: float | None


def plan(workspace: Workspace, states: Sequence[str], splits: Splits, *, practice: bool = False) -> Plan:
    """Choose what is in and deal it into splits; near-duplicates, equal prompts and relatives stay together.

    Which near-duplicates the recipe drops is decided anew first, so that every decision and sample so far counts.
    Text of the practice model is left out unless `practice` is set.

    Raises:
        NotReady: nothing is in but text of the practice model, or nothing at all, or the recipe drops near-duplicates
            by a text that was not compared.
    """
    renew_duplicates(workspace)
    inside, of_practice = _inside(workspace, states)
    numbers = tuple((inside if practice else np.setdiff1d(inside, of_practice)).tolist())
    if not numbers and len(of_practice):
        raise NotReady(
            f"All that is in is text of the practice model ({len(of_practice):,} samples). It is made up by rule, for "
            "trying things out, and is exported only where that is asked for (on the command line with --practice)."
        )
    if not numbers:
        raise NotReady("No sample is in: import some, or loosen the filters, before exporting.")
    labels = read_labels(workspace, "task_type")
    return _plan(workspace, numbers, tuple(labels[number] for number in numbers), _ties(workspace), splits)


def count_practice(workspace: Workspace, states: Sequence[str]) -> int:
    """How many samples that are in have no other text than that of the practice model."""
    return len(_inside(workspace, states)[1])


def _inside(workspace: Workspace, states: Sequence[str]) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """(numbers of what is in, those among them that are text of the practice model alone)."""
    inside = numbers_of(workspace, Facets(states=tuple(states)))
    return inside, np.intersect1d(inside, written_alone_by(workspace, PRACTICE_MODEL))


def _shares(splits: Splits) -> dict[str, float]:
    return {"train": splits.train, "validation": splits.validation, "test": splits.test}


def tied_by(workspace: Workspace) -> tuple[Space, float] | None:
    """The pairs that stay together in one split and the similarity from which they do, None where none are known.

    Those that the recipe means; where it keeps all near-duplicates, or goes by a score that can change with every
    label, those of the meaning that were found last.
    """
    wanted = current_recipe(workspace).duplicates
    if wanted.threshold is None or wanted.by == "score":
        space, threshold = latest_space(workspace), TOGETHER
    else:
        space, threshold = find_space(workspace, kind_of(wanted), wanted.field), wanted.threshold
    return (space, max(threshold, space.floor)) if space else None


def _ties(workspace: Workspace) -> _Ties:
    space, threshold = tied_by(workspace) or (None, None)
    return _Ties(tuple(read_lineage(workspace)), space, threshold)


# Kept by all that it depends on, so that a page that is drawn again need not deal again: samples never change, and
# whatever else decides is an argument.
@lru_cache(maxsize=2)
def _plan(workspace: Workspace, numbers: tuple[int, ...], kinds: tuple[str, ...], ties: _Ties, splits: Splits) -> Plan:
    samples = read_samples(workspace, numbers)
    groups = _groups(workspace, numbers, samples, ties)
    shares = {name: share for name, share in _shares(splits).items() if share > 0}
    assignment = split([sample.id for sample in samples], groups, kinds, shares, splits.seed)
    return Plan(numbers, samples, assignment, ties.threshold, len(set(groups)))


def _groups(workspace: Workspace, numbers: Sequence[int], samples: Sequence[Sample], ties: _Ties) -> Sequence[int]:
    """A label per sample, equal for samples that must share a split."""
    at = {number: position for position, number in enumerate(numbers)}
    family = [(at[child], at[parent]) for child, parent in ties.lineage if child in at and parent in at]
    first: dict[str, int] = {}
    equal = [(position, first.setdefault(sample.prompt, position)) for position, sample in enumerate(samples)]
    alike = _alike(workspace, ties, at)
    return union_groups(len(numbers), family, _siblings(ties.lineage, at), equal, alike)


def _alike(workspace: Workspace, ties: _Ties, at: Mapping[int, int]) -> list[tuple[int, int]]:
    if ties.space is None or ties.threshold is None:
        return []
    return [(at[a], at[b]) for a, b, _ in pairs_above(workspace, ties.space.id, ties.threshold, list(at))]


def _siblings(lineage: Sequence[tuple[int, int]], at: Mapping[int, int]) -> list[tuple[int, int]]:
    """Children of one parent belong together also where the parent itself is not exported."""
    eldest: dict[int, int] = {}
    inside = [(child, parent) for child, parent in lineage if child in at]
    return [(at[child], at[eldest.setdefault(parent, child)]) for child, parent in inside]
