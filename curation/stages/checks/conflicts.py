"""One task, different answers, and nobody chose."""

from collections.abc import Iterable, Sequence
from typing import ClassVar

import numpy as np

from curation.duplicates import folded
from curation.facets import Facets
from curation.sample import Sample
from curation.stages.checks.check import Check, Finding, Outgoing, samples
from curation.store.browse import numbers_of
from curation.store.gate import asked_alike
from curation.store.samples import read_samples


class Conflicts(Check):
    """Different answers to the same.

    Two or more samples go out that ask the same (but for case, spacing and punctuation) and answer differently, and
    people did not accept all of them. Also several good answers to one task are one: say so in the reason.
    """

    name: ClassVar[str] = "conflicts"

    def __call__(self, going: Outgoing) -> Finding | None:
        """Compare the answers of those that share a task."""
        inside = set(going.numbers.tolist())
        alike = [[number for number in group if number in inside] for group in asked_alike(going.workspace)]
        alike = [group for group in alike if len(group) > 1]
        if not alike:
            return None
        accepted = set(numbers_of(going.workspace, Facets(states=("accepted",))).tolist())
        open_ones = [group for group in alike if not accepted.issuperset(group)]
        found = [group for group in _by_task(going, open_ones) if not accepted.issuperset(group)]
        if not found:
            return None
        numbers = np.unique(np.array([number for group in found for number in group], np.int32))
        tasks = "1 task" if len(found) == 1 else f"{len(found):,} tasks"
        return self.found(
            f"{samples(len(numbers), 'answers', 'answer')} {tasks} differently. Choose on Duplicates under exact "
            "copies, or accept those that are right on Review.",
            numbers,
        )


def _by_task(going: Outgoing, alike: Sequence[Sequence[int]]) -> Iterable[list[int]]:
    """Groups of samples with exactly the same task, once folded, and at least two different answers."""
    flat = [number for group in alike for number in group]
    texts = dict(zip(flat, read_samples(going.workspace, flat), strict=True))
    tasks: dict[tuple[str, ...], dict[tuple[str, ...], list[int]]] = {}
    for number, sample in texts.items():
        task = (folded(sample.instruction), folded(sample.input), folded(sample.system))
        tasks.setdefault(task, {}).setdefault(_answer(sample), []).append(number)
    for answers in tasks.values():
        if len(answers) > 1:
            yield [number for numbers in answers.values() for number in numbers]


def _answer(sample: Sample) -> tuple[str, ...]:
    return (folded(sample.output), folded(sample.rejected), *(folded(turn.content) for turn in sample.followups))
