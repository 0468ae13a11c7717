"""The recipe in force: which samples are in, and which of several near-duplicates stays."""

import numpy as np
from numpy.typing import NDArray

from curation.duplicates import Explorer, Pairs
from curation.errors import NotReady
from curation.recipe import Recipe, read_recipe
from curation.recipe import write_recipe as to_text
from curation.store import Workspace
from curation.store.pairs import Edges, Space, latest_space, read_pairs, read_ranks, write_duplicates
from curation.store.recipes import latest_recipes, write_recipe


def current_recipe(workspace: Workspace) -> Recipe:
    """The recipe in force; an empty one, which drops nothing, where none was applied."""
    kept = latest_recipes(workspace)
    return read_recipe(kept[0].text) if kept else Recipe()


def apply_recipe(workspace: Workspace, recipe: Recipe, name: str, reviewer: str) -> None:
    """Put a recipe in force: from now on its bounds decide for every sample that no person decided on.

    Raises:
        NotReady: it drops near-duplicates and none were looked for, or its threshold lies below what was kept.
    """
    removed = _removed(workspace, recipe)
    bounds = [(rule.signal, rule.least, rule.most, rule.words) for rule in recipe.rules]
    write_recipe(workspace, name, to_text(recipe), reviewer, bounds)
    write_duplicates(workspace, removed)


def explorer(workspace: Workspace, space: Space) -> Explorer:
    """The stored pairs, ready for any threshold above their floor.

    Of two samples the better one is the one that a person accepted, then the one with the longer answer, then the
    earlier one.
    """
    edges = read_pairs(workspace, space.id)
    priority = _priority(workspace)
    return Explorer(len(priority), Pairs(edges.a, edges.b, edges.similarity, space.floor), priority)


def _priority(workspace: Workspace) -> NDArray[np.float64]:
    """Rank of each sample by number, 0 the best."""
    accepted, letters = read_ranks(workspace)
    order = np.lexsort((np.arange(len(letters)), -letters, ~accepted))
    ranks = np.empty(len(order))
    ranks[order] = np.arange(len(order))
    return ranks


def _removed(workspace: Workspace, recipe: Recipe) -> Edges:
    threshold = recipe.duplicates.threshold
    if threshold is None:
        return Edges(np.zeros(0, np.int32), np.zeros(0, np.int32), np.zeros(0, np.float32))
    space = latest_space(workspace)
    if space is None:
        raise NotReady("Near-duplicates have not been looked for: start it on the Map page, then set the threshold.")
    edges = read_pairs(workspace, space.id)
    groups = explorer(workspace, space).groups(threshold)
    dropped = np.flatnonzero(groups != np.arange(len(groups))).astype(np.int32)
    return Edges(dropped, groups[dropped], _similarity(edges, dropped, groups[dropped], len(groups)))


def _similarity(edges: Edges, rows: NDArray[np.int32], others: NDArray[np.int32], n: int) -> NDArray[np.float32]:
    """The stored similarity of each (row, other); every such pair is among the edges, which are sorted by a and b."""
    keys = edges.a.astype(np.int64) * n + edges.b
    wanted = np.minimum(rows, others).astype(np.int64) * n + np.maximum(rows, others)
    return edges.similarity[np.searchsorted(keys, wanted)]
