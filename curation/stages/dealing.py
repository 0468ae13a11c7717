"""Samples → splits: what belongs together stays together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from curation.recipe import Splits
from curation.sample import Sample
from curation.splits import split, union_groups
from curation.stages.alike import kind_of
from curation.stages.curating import current_recipe
from curation.store import Workspace
from curation.store.pairs import Space, find_space, latest_space, pairs_above
from curation.store.samples import read_lineage, read_samples
from curation.store.signals import read_labels

TOGETHER = 0.9
"""Cosine from which two samples share a split where the recipe names no threshold of its own."""


@dataclass(frozen=True)
class Dealt:
    """Who goes into which split.

    Args:
        assignment: sample id → split, in the order of the numbers that were dealt.
        threshold: the similarity from which two samples were kept together, None where no pairs are known.
        groups: how many sets of samples that had to stay together.
    """

    assignment: Mapping[str, str]
    threshold: float | None
    groups: int


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


def deal(workspace: Workspace, numbers: Sequence[int], splits: Splits) -> Dealt:
    """Deal samples into splits; near-duplicates, equal prompts and relatives stay together."""
    labels = read_labels(workspace, "task_type")
    ties = _Ties(tuple(read_lineage(workspace)), *(tied_by(workspace) or (None, None)))
    return _deal(workspace, tuple(numbers), tuple(labels[number] for number in numbers), ties, splits)


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


# Kept by all that it depends on, so that a page that is drawn again need not deal again: samples never change, and
# whatever else decides is an argument.
@lru_cache(maxsize=2)
def _deal(workspace: Workspace, numbers: tuple[int, ...], kinds: tuple[str, ...], ties: _Ties, splits: Splits) -> Dealt:
    samples = read_samples(workspace, numbers)
    groups = _groups(workspace, numbers, samples, ties)
    named = {"train": splits.train, "validation": splits.validation, "test": splits.test}
    shares = {name: share for name, share in named.items() if share > 0}
    assignment = split([sample.id for sample in samples], groups, kinds, shares, splits.seed)
    return Dealt(assignment, ties.threshold, len(set(groups)))


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
