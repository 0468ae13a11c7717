"""How doubtful every sample of a workspace is, and what makes it so."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from curation.errors import NotReady
from curation.recipe import Recipe
from curation.reviewing.doubt import Part, apart, doubt, hardly_seen, near_bound, near_threshold
from curation.stages.acceptance import clusters
from curation.stages.alike import alike, space_of
from curation.stages.curating import current_recipe
from curation.stages.tuning import among
from curation.stages.verdicts import read_current
from curation.store import Workspace
from curation.store.labelled import stamp
from curation.store.pair_labels import pair_verdicts
from curation.store.pairs import Space
from curation.store.queues import read_asked
from curation.store.signals import read_numbers
from curation.store.together import Together, read_together

SAID = 0.1
"""A reason is worth telling where it counts for this much."""


@dataclass(frozen=True, eq=False)
class Doubt:
    """One value per sample by number, 0 to 1, and the parts that it is made of."""

    values: NDArray[np.float64]
    parts: tuple[Part, ...]


def doubt_of(workspace: Workspace) -> Doubt:
    """The doubt of every sample, as it is now. Do not write into it."""
    return _doubt(workspace, workspace.changes)


def reasons_for(workspace: Workspace, number: int) -> list[Part]:
    """What makes one sample doubtful, the strongest first; empty where nothing does."""
    parts = [part for part in doubt_of(workspace).parts if part.at(number) >= SAID]
    return sorted(parts, key=lambda part: -part.at(number))


@lru_cache(maxsize=2)
def _doubt(workspace: Workspace, _changes: int) -> Doubt:
    recipe, state = current_recipe(workspace), stamp(workspace)
    cluster, _ = clusters(workspace)
    asked = np.zeros(state[0], np.bool_)
    asked[read_asked(workspace)] = True
    parts = (
        *_judges(workspace, tuple((name, one.version) for name, one in read_current(workspace).items()), state),
        *_bounds(workspace, recipe, state),
        *_duplicates(workspace, recipe, _space(workspace, recipe), state),
        Part("cluster", "", hardly_seen(cluster, asked)),
    )
    return Doubt(doubt(parts, state[0]), parts)


@lru_cache(maxsize=2)
def _judges(workspace: Workspace, judges: tuple[tuple[str, str], ...], state: tuple[int, ...]) -> tuple[Part, ...]:
    """A part for every criterion on which several models scored, or one model in two orders."""
    parts = []
    for judge, version in judges:
        for criterion, one in read_together(workspace, judge, version).items():
            strength = _apart(one)
            if strength.any():
                values = np.zeros(state[0])
                values[one.numbers] = strength
                parts.append(Part("judges", criterion, values))
    return tuple(parts)


def _apart(one: Together) -> NDArray[np.float64]:
    lowest, highest = (one.mean - one.spread / 2).min(), (one.mean + one.spread / 2).max()
    return np.maximum(apart(one.spread, float(lowest), float(highest)), one.split)


# A recipe is compared by what it holds.
@lru_cache(maxsize=2)
def _bounds(workspace: Workspace, recipe: Recipe, _state: tuple[int, ...]) -> tuple[Part, ...]:
    parts = []
    for rule in recipe.rules:
        if not rule.words:
            values = np.where(among(workspace, rule), read_numbers(workspace, rule.signal), np.nan)
            ends = [near_bound(values, bound) for bound in (rule.least, rule.most) if bound is not None]
            parts += [Part("bound", rule.signal, np.max(ends, axis=0))] if ends else []
    return tuple(parts)


def _space(workspace: Workspace, recipe: Recipe) -> Space | None:
    if recipe.duplicates.threshold is None:
        return None
    try:
        return space_of(workspace, recipe.duplicates)
    except NotReady:
        return None


@lru_cache(maxsize=2)
def _duplicates(workspace: Workspace, recipe: Recipe, space: Space | None, state: tuple[int, ...]) -> tuple[Part, ...]:
    threshold = recipe.duplicates.threshold
    if space is None or threshold is None:
        return ()
    try:
        found = alike(workspace, space, recipe.duplicates, pair_verdicts(workspace))
    except NotReady:
        return ()
    edges = found.edges
    joined = (edges.a[~found.apart], edges.b[~found.apart], edges.similarity[~found.apart])
    return (Part("duplicate", "", near_threshold(joined, threshold, state[0])),)
