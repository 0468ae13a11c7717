"""The recipe in force: which samples are in, and which of several near-duplicates stays."""

import numpy as np
from numpy.typing import NDArray

from curation.duplicates import Explorer, Pairs
from curation.errors import NotReady
from curation.recipe import Recipe, Rule, read_recipe
from curation.recipe import write_recipe as to_text
from curation.stages.differing import kept_apart
from curation.store import Workspace
from curation.store.pair_labels import Said, add_pair_label
from curation.store.pairs import Edges, Space, latest_space, read_pairs, write_duplicates
from curation.store.ranks import read_ranks
from curation.store.recipes import Bound, latest_recipes, write_recipe


def current_recipe(workspace: Workspace) -> Recipe:
    """The recipe in force; an empty one, which drops nothing, where none was applied."""
    kept = latest_recipes(workspace)
    return read_recipe(kept[0].text) if kept else Recipe()


def apply_recipe(workspace: Workspace, recipe: Recipe, name: str, reviewer: str) -> None:
    """Put a recipe in force, all of it or none: its bounds decide for every sample that no person decided on.

    Raises:
        NotReady: it drops near-duplicates and none were looked for in that text, or its threshold lies below what was
            kept. Nothing is changed then.
    """
    _checked_space(workspace, recipe)
    bounds = [_bound(rule) for rule in recipe.rules]
    with workspace.writing():
        write_recipe(workspace, name, to_text(recipe), reviewer, bounds)
        # Only now: which of two near-duplicates stays depends on the rules.
        renew_duplicates(workspace)


def renew_duplicates(workspace: Workspace) -> int:
    """Decide anew which near-duplicates the recipe in force drops, and give their number.

    Decisions, measurements and pairs that came after the recipe was applied count from now on.

    Raises:
        NotReady: as for `apply_recipe`.
    """
    recipe = current_recipe(workspace)
    removed = _removed(workspace, recipe)
    write_duplicates(workspace, removed)
    return len(removed.a)


def explorer_of(space: Space, edges: Edges, ranks: NDArray[np.float64], apart: NDArray[np.bool_]) -> Explorer:
    """These pairs, ready for any threshold above their floor, with the better of two by these ranks.

    `apart`: of shape (pairs,), those that are never the same.
    """
    pairs = Pairs(edges.a, edges.b, edges.similarity, space.floor)
    return Explorer(len(ranks), pairs, ranks, edges.first(len(ranks)), apart)


def priority(workspace: Workspace) -> NDArray[np.float64]:
    """Rank of each sample by number, 0 the best: float64 of shape (samples,).

    A sample that a person chose to stay among its duplicates comes first, then those that a person accepted, those
    that the rules keep, those that a rule drops, those that a person rejected; a choice does not help one that is out:
    so nothing that is in gives way to something that is out. Then the longer answer, then the earlier sample.
    """
    found = read_ranks(workspace)
    chosen = np.where(found.standing <= 1, found.preferred, 0)
    order = np.lexsort((np.arange(len(chosen)), -found.letters, found.standing, -chosen))
    ranks = np.empty(len(order))
    ranks[order] = np.arange(len(order))
    return ranks


def keep_instead(workspace: Workspace, kept: int, instead: int, by: tuple[str, str]) -> None:
    """From now on a sample stays in place of one that it is a duplicate of; `by` is (reviewer, event).

    Raises:
        NotReady: the sample is out itself, by a rule or by a person, so both would be lost.
    """
    if read_ranks(workspace).standing[instead] > 1:
        raise NotReady(
            f"Sample {instead} is out itself, by a rule or by a person. Accept it on the Review page, then try again."
        )
    add_pair_label(workspace, Said(kept, instead, "keep b", *by))


def similarity_of(
    edges: Edges, rows: NDArray[np.int32], others: NDArray[np.int32], samples: int
) -> NDArray[np.float32]:
    """The similarity of each (row, other): 1 for copies, else as stored; then it must be among the edges (by a, b)."""
    first = edges.first(samples)
    ends = first[rows], first[others]
    keys = edges.a.astype(np.int64) * samples + edges.b
    wanted = np.minimum(*ends).astype(np.int64) * samples + np.maximum(*ends)
    found = np.ones(len(rows), np.float32)
    apart = ends[0] != ends[1]
    found[apart] = edges.similarity[np.searchsorted(keys, wanted[apart])]
    return found


def _bound(rule: Rule) -> Bound:
    when = (rule.when.signal, rule.when.words) if rule.when else ("", ())
    return rule.signal, rule.least, rule.most, rule.words, *when


def _checked_space(workspace: Workspace, recipe: Recipe) -> Space | None:
    """The pairs that a recipe needs, None where it keeps all near-duplicates."""
    wanted = recipe.duplicates
    if wanted.threshold is None:
        return None
    space = latest_space(workspace)
    if space is None:
        raise NotReady("Near-duplicates have not been looked for: start it on the Duplicates page, then try again.")
    if space.field != wanted.field:
        raise NotReady(
            f"The recipe compares the {wanted.field} of samples, but pairs were looked for by {space.field}. Change "
            f'"field" in its duplicates to "{space.field}", or look for pairs by {wanted.field} first.'
        )
    if np.float32(wanted.threshold) < np.float32(space.floor):
        raise NotReady(
            f"Near-duplicates were kept from a similarity of {space.floor:.3f} upwards, so a threshold of "
            f"{wanted.threshold:g} is not known. Choose a higher one."
        )
    return space


def _removed(workspace: Workspace, recipe: Recipe) -> Edges:
    space = _checked_space(workspace, recipe)
    if space is None or recipe.duplicates.threshold is None:
        return Edges(np.zeros(0, np.int32), np.zeros(0, np.int32), np.zeros(0, np.float32))
    edges, apart = kept_apart(workspace, space, read_pairs(workspace, space.id), recipe.duplicates.unless)
    explorer = explorer_of(space, edges, priority(workspace), apart)
    groups = explorer.groups(recipe.duplicates.threshold)
    dropped = np.flatnonzero(groups != np.arange(len(groups))).astype(np.int32)
    return Edges(dropped, groups[dropped], similarity_of(edges, dropped, groups[dropped], len(groups)))
