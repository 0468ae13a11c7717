"""The recipe in force: which samples are in, and which of several near-duplicates stays."""

from functools import lru_cache
from hashlib import sha256
from typing import Final

import numpy as np

from curation.duplicates import VERSION as FACTS_VERSION
from curation.errors import NotReady
from curation.recipe import Recipe, Rule, read_recipe
from curation.recipe import write_recipe as to_text
from curation.stages.alike import SCORE_FLOOR, alike, priority, similarity_of, space_of
from curation.stages.selecting import method_of
from curation.store import Workspace
from curation.store.duplicates import read_duplicates, write_duplicates
from curation.store.pair_labels import Said, add_pair_label, pair_verdicts
from curation.store.pairs import Edges, Space
from curation.store.people import check
from curation.store.ranks import read_ranks
from curation.store.recipes import Bound, latest_recipes, write_recipe
from curation.store.settings import read_setting, write_setting
from curation.store.signals import read_numbers

DECIDED_BY: Final = "duplicates decided by"
"""The setting that names all that decided last which near-duplicates go."""


def current_recipe(workspace: Workspace) -> Recipe:
    """The recipe in force; an empty one, which drops nothing, where none was applied."""
    kept = latest_recipes(workspace)
    return read_recipe(kept[0].text) if kept else Recipe()


def apply_recipe(workspace: Workspace, recipe: Recipe, name: str, reviewer: str) -> None:
    """Put a recipe in force, all of it or none: its bounds decide for every sample that no person decided on.

    Raises:
        NotReady: it drops near-duplicates and none were looked for in that text, or its threshold lies below what was
            kept. Nothing is changed then.
        NotAllowed: the role of the one who asks does not allow it.
        BadRecipe: its selection names no known method or option.
    """
    check(workspace, "recipe")
    if recipe.selection.method:
        method_of(recipe.selection)
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
    stamp, known = _stamp(workspace, workspace.changes, recipe), read_setting(workspace, DECIDED_BY)
    if stamp and stamp == known:
        return len(read_duplicates(workspace))
    removed = _removed(workspace, recipe)
    write_duplicates(workspace, removed)
    if stamp != known:  # a write that changes nothing would make everybody look again
        write_setting(workspace, DECIDED_BY, stamp)
    return len(removed.a)


def keep_instead(workspace: Workspace, kept: int, instead: int, by: tuple[str, str]) -> None:
    """From now on a sample stays in place of one that it is a duplicate of; `by` is (reviewer, event).

    Raises:
        NotReady: the sample is out itself, by a rule or by a person, so both would be lost.
        NotAllowed: the role of the one who asks does not allow it.
    """
    check(workspace, "recipe")
    if read_ranks(workspace).standing[instead] > 1:
        raise NotReady(
            f"Sample {instead} is out itself, by a rule or by a person. Accept it on the Review page, then try again."
        )
    add_pair_label(workspace, Said(kept, instead, "keep b", *by))


def _bound(rule: Rule) -> Bound:
    when = (rule.when.signal, rule.when.words) if rule.when else ("", ())
    return rule.signal, rule.least, rule.most, rule.words, *when


def _checked_space(workspace: Workspace, recipe: Recipe) -> Space | None:
    """The pairs that a recipe needs, None where it keeps all near-duplicates."""
    wanted = recipe.duplicates
    if wanted.threshold is None:
        return None
    space = space_of(workspace, wanted)
    floor = SCORE_FLOOR if wanted.by == "score" else space.floor
    if np.float32(wanted.threshold) < np.float32(floor):
        raise NotReady(
            f"Near-duplicates were kept from a similarity of {floor:.3f} upwards, so a threshold of "
            f"{wanted.threshold:g} is not known. Choose a higher one."
        )
    return space


@lru_cache(maxsize=2)
def _stamp(workspace: Workspace, _changes: int, recipe: Recipe) -> str:
    """A name for all that decides which near-duplicates go; "" where it is not worth it, or is a score that is fitted.

    Whoever asks for a plan asks for this, and it is 20 times as fast as deciding.
    """
    wanted, space = recipe.duplicates, _checked_space(workspace, recipe)
    if space is None or wanted.by == "score":
        return ""
    parts = [wanted.model_dump_json(), f"{space} {FACTS_VERSION}", str(sorted(pair_verdicts(workspace).items()))]
    scores = [read_numbers(workspace, wanted.judge_score)] if wanted.judge_score else []
    digest = sha256("\n".join(parts).encode())
    for column in (*read_ranks(workspace), *scores):
        digest.update(column.tobytes())
    return digest.hexdigest()


def _removed(workspace: Workspace, recipe: Recipe) -> Edges:
    space, wanted = _checked_space(workspace, recipe), recipe.duplicates
    if space is None or wanted.threshold is None:
        return Edges(np.zeros(0, np.int32), np.zeros(0, np.int32), np.zeros(0, np.float32))
    found = alike(workspace, space, wanted, pair_verdicts(workspace))
    groups = found.explorer(priority(workspace, wanted)).groups(wanted.threshold)
    dropped = np.flatnonzero(groups != np.arange(len(groups))).astype(np.int32)
    return Edges(dropped, groups[dropped], similarity_of(found.edges, dropped, groups[dropped], len(groups)))
