"""Samples that are equal but for case, spacing and sentence punctuation, and different answers to the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from curation.duplicates import folded
from curation.sample import Sample
from curation.stages.alike import priority
from curation.stages.curating import current_recipe
from curation.store import Workspace
from curation.store.browse import states_of
from curation.store.samples import count_samples, read_range, read_samples

INSIDE = ("kept", "accepted")
Numbers = tuple[int, ...]


@dataclass(frozen=True)
class Same:
    """Samples that ask the same.

    Args:
        numbers: of those that are in, the one that is preferred first.
        answers: how many different answers they give.
    """

    numbers: Numbers
    answers: int


@dataclass(frozen=True)
class Equal:
    """What is left to decide among samples that ask the same.

    Args:
        repeats: samples that are equal in everything; two or more of each are in.
        conflicts: samples with different answers to the same; two or more answers are in, and not all are accepted.
        settled: how many of the conflicts that there were are decided.
    """

    repeats: tuple[Same, ...]
    conflicts: tuple[Same, ...]
    settled: int


def equal_samples(workspace: Workspace) -> Equal:
    """The samples that ask the same, by what is in now; looked for again only when samples came."""
    return _equal(workspace, workspace.changes)


@lru_cache(maxsize=2)
def _equal(workspace: Workspace, _changes: int) -> Equal:
    states, ranks = states_of(workspace), priority(workspace, current_recipe(workspace).duplicates)
    repeats, conflicts, there = [], [], 0
    for group in _asked(workspace, count_samples(workspace)):
        there += len(group) > 1
        inside = [_inside(answer, states, ranks) for answer in group]
        repeats += [Same(numbers, 1) for numbers in inside if len(numbers) > 1]
        alive = [numbers for numbers in inside if numbers]
        if len(alive) > 1 and any(states[number] != "accepted" for numbers in alive for number in numbers):
            together = sorted((number for numbers in alive for number in numbers), key=lambda number: ranks[number])
            conflicts.append(Same(tuple(together), len(alive)))
    return Equal(_largest(repeats), _largest(conflicts), there - len(conflicts))


def _inside(numbers: Numbers, states: Sequence[str], ranks: NDArray[np.float64]) -> Numbers:
    return tuple(sorted((n for n in numbers if states[n] in INSIDE), key=lambda n: ranks[n]))


def _largest(found: list[Same]) -> tuple[Same, ...]:
    return tuple(sorted(found, key=lambda same: (-same.answers, -len(same.numbers), min(same.numbers))))


@lru_cache(maxsize=2)
def _asked(workspace: Workspace, samples: int) -> list[list[Numbers]]:
    """Groups of two or more that ask the same; in each the samples of each answer."""
    asked: dict[tuple[str, ...], list[int]] = {}
    for number, sample in enumerate(read_range(workspace, 0, samples)):
        key = (folded(sample.instruction), folded(sample.input), folded(sample.system))
        asked.setdefault(key, []).append(number)
    shared = [numbers for numbers in asked.values() if len(numbers) > 1]
    # Only now, and only of these: answers are long, and most of them are to no question that another one asks.
    flat = [number for numbers in shared for number in numbers]
    answers = dict(zip(flat, map(_answer, read_samples(workspace, flat)), strict=True))
    groups = []
    for numbers in shared:
        by_answer: dict[tuple[str, ...], list[int]] = {}
        for number in numbers:
            by_answer.setdefault(answers[number], []).append(number)
        groups.append([tuple(same) for same in by_answer.values()])
    return groups


def _answer(sample: Sample) -> tuple[str, ...]:
    return (folded(sample.output), folded(sample.rejected), *(folded(turn.content) for turn in sample.followups))
