"""`sift export`."""

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from curation.cli.talking import AsJson, InWorkspace, do, opened, say
from curation.errors import BadInput, HeldBack

if TYPE_CHECKING:  # `sift --help` would wait for all of it
    from curation.methods import Row
    from curation.store.recipes import Exported

FORMAT = "Name of a format; repeat it. Without one, those of the recipe, else openai_chat. A wrong name lists them all."

OVERRIDE = (
    "CHECK=REASON: let what a check of the gate found go out, for a reason; repeat it. A wrong name lists them all."
)


def export(  # noqa: PLR0913 - one parameter per option of the command
    workspace: InWorkspace = None,
    name: Annotated[str, typer.Option(help="Name of the data set.")] = "sift",
    formats: Annotated[list[str] | None, typer.Option("--format", "-f", help=FORMAT)] = None,
    to: Annotated[Path | None, typer.Option(help="Folder that gets the export's own folder.")] = None,
    accepted_only: Annotated[bool, typer.Option("--accepted-only", help="Leave out what no person accepted.")] = False,
    licence: Annotated[str, typer.Option(help="Licence for the dataset card.")] = "other",
    practice: Annotated[bool, typer.Option("--practice", help="Text of the practice model too.")] = False,
    plain_text: Annotated[bool, typer.Option("--plain-text", help="TRL formats as text, not as messages.")] = False,
    provenance: Annotated[bool, typer.Option("--provenance", help="Where each row came from, in columns.")] = False,
    overrides: Annotated[list[str] | None, typer.Option("--override", metavar="CHECK=REASON", help=OVERRIDE)] = None,
    push: Annotated[str, typer.Option("--push", help="Upload it to the Hub as OWNER/NAME, private at first.")] = "",
    as_json: AsJson = False,
) -> None:
    """Write what is in, split without leaks, into a new folder.

    Example: sift export -f alpaca -f openai_chat --to out -w pool.duckdb

    Reads samples that are in and the splits of the recipe in force; writes one new folder with the files, a card and a
    manifest. Before anything is written, checks look for what should not go out unseen, such as personal data; what
    they find holds the export back, unless an override says why it may go.
    """
    from curation.exporters import FORMATS
    from curation.stages import pushing
    from curation.stages.curating import current_recipe
    from curation.stages.exporting import Wanted, default_root, export_job
    from curation.stages.finished import read_finished
    from curation.store.recipes import read_exports

    here = opened(workspace)
    recipe = current_recipe(here)
    chosen = tuple(formats or recipe.formats or ["openai_chat"])
    unknown = [form for form in chosen if form not in FORMATS]
    if unknown:
        raise BadInput(f"There is no format called {unknown[0]}; there are {', '.join(FORMATS)}.")
    states = ("accepted",) if accepted_only else ("accepted", "kept")
    wanted = Wanted(
        name,
        chosen,
        (to or default_root(here)).absolute(),
        states,
        recipe,
        licence=licence,
        practice=practice,
        text=plain_text,
        traced=provenance,
        overrides=tuple(_override(text) for text in overrides or ()),
    )
    try:
        note = do(here, export_job(here, wanted))
    except HeldBack as error:
        if as_json:
            say({"held_back": [_row(*line) for line in error.lines]}, as_json, "")
        raise
    exported = read_exports(here)[0]
    if push:
        note = f"{note} It is at {pushing.push(here, Path(exported.folder), push)} too."
    say(_told(exported, read_finished(exported).dealt, note), as_json, note)


def _told(exported: "Exported", splits: "Row", note: str) -> "Row":
    row = {name: str(value) for name, value in asdict(exported).items()}
    return row | {"samples": exported.samples, "splits": splits, "result": note}


def _row(check: str, count: int, words: str) -> "Row":
    return {"check": check, "count": count, "words": words}


def _override(text: str) -> tuple[str, str]:
    check, _, reason = text.partition("=")
    return check.strip(), reason
