"""What rules do to parts of the samples: to each origin or topic, to those that people decided on, against others."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from curation.duplicates import wilson
from curation.recipe import PRESETS, Labels, Outs, Recipe, read_recipe
from curation.stages.curating import current_recipe
from curation.store import Workspace
from curation.store.decisions import read_verdicts
from curation.store.recipes import latest_recipes

Mask = NDArray[np.bool_]
EMPTIED = 0.9
"""A group of which more than this share is removed is as good as gone."""
FEWEST = 5
"""Samples of a group that is warned about: rare labels come and go."""
EARLIER = 20
"""Recipes of the past that are offered."""
DRAFT, IN_FORCE = "The draft", "In force"


@dataclass(frozen=True)
class Group:
    """Samples with one label and how many of them are removed."""

    label: str
    samples: int
    removed: int

    @property
    def share(self) -> float:
        """The part that is removed, 0 to 1."""
        return self.removed / self.samples

    @property
    def is_emptied(self) -> bool:
        """Whether hardly any are left of a group that is no rarity."""
        return self.samples >= FEWEST and self.share > EMPTIED


@dataclass(frozen=True)
class Lost:
    """Good samples among those that are removed, judged by those of them that people decided on.

    Args:
        removed: samples that are removed.
        decided: how many of them a person accepted or rejected.
        accepted: how many of those were accepted.
        low: lower end of the 95 % interval of the share of good ones among the removed, 0 to 1.
        high: its upper end.
    """

    removed: int
    decided: int
    accepted: int
    low: float
    high: float


@dataclass(frozen=True, eq=False)
class Versus:
    """Numbers of the samples that two recipes keep: both, the first alone, the second alone, neither."""

    both: NDArray[np.intp]
    first: NDArray[np.intp]
    second: NDArray[np.intp]
    neither: NDArray[np.intp]


def groups(labels: Labels, removed: Mask) -> list[Group]:
    """What is removed of each label, the emptiest first, of equal ones the largest.

    >>> groups(Labels.of(["a", "b", "b"]), np.array([False, True, False]))
    [Group(label='b', samples=2, removed=1), Group(label='a', samples=1, removed=0)]
    """
    gone = labels.counts_in(removed)
    found = [Group(label, samples, gone[label]) for label, samples in labels.counts()]
    return sorted(found, key=lambda group: (-group.share, -group.samples, group.label))


def good_ones_lost(workspace: Workspace, found: Outs) -> tuple[Lost, dict[str, Lost]]:
    """(all rules together, by signal each rule as if it were the only one)."""
    verdicts = read_verdicts(workspace)
    each = {signal: _lost(found.removed_by(signal), verdicts) for signal in found.signals}
    return _lost(found.removed(), verdicts), each


def versus(first: Mask, second: Mask) -> Versus:
    """Compare two recipes by what they remove.

    >>> versus(np.array([False, True]), np.array([False, False])).second.tolist()
    [1]
    """
    sides = (~first & ~second, ~first & second, first & ~second, first & second)
    return Versus(*(np.flatnonzero(side) for side in sides))


def known_recipes(workspace: Workspace, draft: Recipe) -> dict[str, Recipe]:
    """Recipes to compare by what they are called: the draft, the one in force, presets, those of the past."""
    found = {DRAFT: draft, IN_FORCE: current_recipe(workspace)}
    found |= {f"Preset: {name}": recipe for name, recipe in PRESETS.items()}
    return found | earlier_recipes(workspace)


def earlier_recipes(workspace: Workspace) -> dict[str, Recipe]:
    """Recipes that were in force before, the latest first, by number, name and time."""
    kept = latest_recipes(workspace, EARLIER + 1)[1:]
    return {f"{one.seq}: {one.name}, {one.made:%d %b %H:%M} UTC": read_recipe(one.text) for one in kept}


def _lost(removed: Mask, verdicts: NDArray[np.int8]) -> Lost:
    accepted = int((removed & (verdicts > 0)).sum())
    decided = int((removed & (verdicts != 0)).sum())
    return Lost(int(removed.sum()), decided, accepted, *wilson(accepted, decided))
