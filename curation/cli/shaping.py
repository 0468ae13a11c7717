"""What `sift curate` says of selection and mixture."""

from typing import TYPE_CHECKING

from curation.cli.talking import do

if TYPE_CHECKING:  # `sift --help` would wait for all of it
    from numpy import int32
    from numpy.typing import NDArray

    from curation.methods import Json
    from curation.recipe import Recipe
    from curation.stages.mixing import Mixed
    from curation.store import Workspace

IN = ("accepted", "kept")
COLUMNS = ("label", "wanted", "available", "got", "why")
ROW = "  {:<32}{:>10}{:>10}{:>10}  {}"


def shaped(workspace: "Workspace", recipe: "Recipe", *, in_force: bool) -> "tuple[dict[str, Json], list[str]]":
    """What selection and mixture make of what is in, for programs and for people; nothing without a wish for either.

    Before the recipe is in force, what its rules keep counts as in, as for the rest of what is said then.

    Raises:
        NotReady: what they go by is not there.
        BadRecipe: the selection names no known method or option.
    """
    from curation.recipe import Mixture, Selection
    from curation.stages.mixed_words import of_mixture, of_selection
    from curation.stages.mixing import mix
    from curation.stages.selecting import QUICK, seconds, select, select_job

    if recipe.selection == Selection() and recipe.mixture == Mixture():
        return {}, []
    going = _going(workspace, recipe, in_force=in_force)
    if seconds(recipe.selection, len(going)) > QUICK:
        do(workspace, select_job(workspace, going, recipe.selection))
    chosen = select(workspace, going, recipe.selection)
    mixed = mix(workspace, chosen.numbers, recipe.mixture)
    said = [of_selection(chosen, recipe.selection), *of_mixture(mixed, len(chosen.numbers))]
    rows = _rows(mixed) if recipe.mixture.by else []
    lines = [*filter(None, said), *([ROW.format(*COLUMNS)] if rows else []), *(ROW.format(*row) for row in rows)]
    found: dict[str, Json] = {
        "selected": len(chosen.numbers),
        "mixed": len(mixed.sequence),
        "mixture": [dict(zip(COLUMNS, row, strict=True)) for row in rows],
        "naming_no_model": mixed.human,
    }
    return found, lines


def _going(workspace: "Workspace", recipe: "Recipe", *, in_force: bool) -> "NDArray[int32]":
    import numpy as np

    from curation.stages.planning import inside
    from curation.stages.tuning import choices, removal

    if in_force:
        return inside(workspace, IN)
    return np.flatnonzero(~removal(workspace, recipe, choices(workspace)).removed()).astype(np.int32)


def _rows(mixed: "Mixed") -> list[tuple[str, int, int, int, str]]:
    return [(one.label or "(no label)", one.wanted, one.available, one.got, one.reason) for one in mixed.quotas]
