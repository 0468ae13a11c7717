"""What a comparison with a reference says at any distance: look-ups in what was measured, and the way on from there."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from curation.diversity.coverage import share_within
from curation.facets import Facets
from curation.sample import Collected, Origin
from curation.stages.referencing import KIND
from curation.store import Workspace
from curation.store.references import Item, Look, far_items, item_distances
from curation.store.samples import add_samples, find_sample
from curation.store.signals import read_numbers

STEPS = tuple(round(step * 0.01, 2) for step in range(101))
"""Distances at which coverage is drawn."""


@dataclass(frozen=True, eq=False)
class Curve:
    """Share of items with a sample, and of samples with an item, within each distance of `steps`."""

    steps: tuple[float, ...]
    covered: tuple[float, ...]
    near: tuple[float, ...]


def curve(workspace: Workspace, look: Look) -> Curve:
    """Coverage at every distance, a look-up in what was measured."""
    covered = share_within(item_distances(workspace, look.name), STEPS)
    near = share_within(sample_distances(workspace, look), STEPS)
    return Curve(STEPS, tuple(covered), tuple(near))


def sample_distances(workspace: Workspace, look: Look) -> NDArray[np.float32]:
    """The distances of the samples that were compared to their nearest item."""
    values = read_numbers(workspace, look.signal)
    return np.asarray(values[np.isfinite(values)], np.float32)


def uncovered(workspace: Workspace, look: Look, distance: float, limit: int = 1000) -> list[Item]:
    """Items without a sample within a distance, the furthest first."""
    return far_items(workspace, look.name, distance, limit)


def far_from_reference(look: Look, distance: float) -> Facets:
    """What narrows the samples down to those further than this from any item."""
    return Facets(ranges=((look.signal, float(np.nextafter(np.float64(distance), 9)), None),))


def adopt(workspace: Workspace, look: Look, items: Sequence[Item]) -> tuple[int, ...]:
    """The items as samples, to start a run from: those of a file become samples written by people.

    Nothing happens twice: an item whose text is a sample already is that sample.

    Returns:
        The numbers of the samples, ascending, each once.
    """
    own = [one.collected for one in items if one.sample is None]
    made = [
        Collected(one.sample, Origin(one.origin.method, look.name, one.origin.ref, one.origin.category,
                                     one.origin.licence))
        for one in own
    ]  # fmt: skip
    if made:
        add_samples(workspace, KIND, made)
    found = {find_sample(workspace, one.sample.id) for one in made} | {one.sample for one in items}
    return tuple(sorted(number for number in found if number is not None))
