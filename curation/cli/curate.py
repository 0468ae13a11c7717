"""`sift curate`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from curation.cli.shaping import shaped
from curation.cli.talking import AsJson, InWorkspace, opened, say
from curation.errors import BadFile, BadInput

if TYPE_CHECKING:  # `sift --help` would wait for all of it
    from curation.methods import Json
    from curation.recipe import Recipe
    from curation.store import Workspace

    Said = tuple[dict[str, Json], list[str]]
    """A result for programs, and its lines for people."""

IN_FORCE = "current"
"""What the recipe in force is called on the command line."""
SIDES = 2
COLUMNS = ("signal", "removes", "only it", "left", "keeps")
ROW = "  {:<24}{:>10}{:>10}{:>10}  {}"


def curate(  # noqa: PLR0913 - one parameter per option of the command
    recipes: Annotated[list[str], typer.Argument(metavar="RECIPE", help="TOML file, name of a preset, or current.")],
    workspace: InWorkspace = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what it would remove and change nothing.")] = False,
    diff: Annotated[bool, typer.Option("--diff", help="Of two recipes, say what each alone would keep.")] = False,
    name: Annotated[str, typer.Option(help="Name in the history; that of the file where it is left out.")] = "",
    as_json: AsJson = False,
) -> None:
    """Put a recipe in force and print what its rules remove, and what its selection and mixture take.

    Example: sift curate recipe.toml --dry-run -w pool.duckdb

    Example: sift curate --diff recipe.toml current -w pool.duckdb

    Reads the recipe and what is measured; writes which recipe is in force, unless --dry-run or --diff is there. Numbers
    are those of the Filters page. docs/recipe.md says what a recipe can hold.
    """
    wanted = SIDES if diff else 1
    if len(recipes) != wanted:
        raise typer.BadParameter(f"{wanted} wanted, {len(recipes)} given", param_hint="RECIPE")
    found = opened(workspace)
    read = [_read(found, one) for one in recipes]
    if diff:
        shown, lines = _difference(found, recipes, read)
    else:
        shown, lines = _funnel(found, read[0], strict=not dry_run)
    if not diff and not dry_run:
        more, line = _apply(found, read[0], name or Path(recipes[0]).stem)
        shown, lines = shown | more, [*lines, line]
    if not diff:
        more, said = shaped(found, read[0], in_force=not dry_run)
        shown, lines = shown | more, [*lines, *said]
    say(shown, as_json, "\n".join(lines))


def _read(workspace: "Workspace", named: str) -> "Recipe":
    """A recipe by its file; where there is none of this name, by the name of a preset or the word for the current one.

    Raises:
        BadFile: there is no such file, and no such preset.
        BadRecipe: it is no recipe; the message names the line.
    """
    from curation.recipe import PRESETS
    from curation.stages.curating import current_recipe
    from curation.stages.drafting import decoded

    try:
        return decoded(Path(named).read_bytes())
    except OSError as error:
        if named == IN_FORCE:
            return current_recipe(workspace)
        if named in PRESETS:
            return PRESETS[named]
        words = ", ".join([*PRESETS, IN_FORCE])
        raise BadFile(f"{named} cannot be read: {error.strerror}. Without a file there are {words}.") from error


def _funnel(workspace: "Workspace", recipe: "Recipe", *, strict: bool) -> "Said":
    """What the rules remove, as the Filters page shows it; near-duplicates and decisions are left aside.

    Raises:
        BadInput: a rule cannot be applied, where that matters.
    """
    from curation.recipe import in_words
    from curation.stages.tuning import choices, effect, misfits, removal

    measured = choices(workspace)
    odd = list(misfits(workspace, recipe, measured).values())
    if odd and strict:
        raise BadInput(f"The recipe cannot be put in force. {' '.join(odd)}")
    found = effect(removal(workspace, recipe, measured))
    keeps = {rule.signal: in_words(rule) for rule in recipe.rules}
    rows: list[Json] = []
    lines = [f"Left out: {reason}" for reason in odd]
    lines += [f"{found.kept:,} of {found.total:,} samples are kept by the rules.", ROW.format(*COLUMNS)]
    for signal, left in found.left:
        row = (signal, found.failing[signal], found.alone[signal], left, keeps[signal])
        rows.append(dict(zip(COLUMNS, row, strict=True)))
        lines.append(ROW.format(*row))
    return {"samples": found.total, "kept_by_rules": found.kept, "rules": rows, "left_out": odd}, lines


def _apply(workspace: "Workspace", recipe: "Recipe", name: str) -> "tuple[dict[str, Json], str]":
    """Put it in force; what is in then, by rules, near-duplicates and people."""
    from curation.facets import Facets
    from curation.stages.curating import apply_recipe
    from curation.store.browse import count_states
    from curation.store.duplicates import read_duplicates
    from curation.store.settings import read_setting

    apply_recipe(workspace, recipe, name, workspace.who() or read_setting(workspace, "reviewer", "me"))
    states, near = count_states(workspace, Facets()), len(read_duplicates(workspace))
    now = ", ".join(f"{count:,} {state}" for state, count in states.items())
    line = f"In force: {name}. {near:,} near-duplicates go. Now {now}."
    return {"in_force": name, "near_duplicates": near, "states": states}, line


def _difference(workspace: "Workspace", names: list[str], recipes: "list[Recipe]") -> "Said":
    """What two recipes keep by their rules alone, as Filters compares them, and the lines in which they differ."""
    from curation.exporters.comparison import differing_lines
    from curation.recipe import write_recipe
    from curation.stages.impact import versus
    from curation.stages.tuning import choices, misfits, removal

    measured = choices(workspace)
    odd = list(dict.fromkeys(r for one in recipes for r in misfits(workspace, one, measured).values()))
    sides = versus(*(removal(workspace, recipe, measured).removed() for recipe in recipes))
    counts = {"both_keep": len(sides.both), "only_a_keeps": len(sides.first), "only_b_keeps": len(sides.second),
              "neither_keeps": len(sides.neither)}  # fmt: skip
    lines = [f"Left out: {reason}" for reason in odd]
    lines += [f"A is {names[0]}, B is {names[1]}; by their rules alone:"]
    lines += [f"  {key.replace('_', ' '):<16}{count:>10,}" for key, count in counts.items()]
    unlike = differing_lines(*map(write_recipe, recipes))
    lines += ["Lines of A (-) and of B (+):", *unlike] if unlike else ["They are the same, line by line."]
    return {"a": names[0], "b": names[1], **counts, "lines": unlike, "left_out": odd}, lines
