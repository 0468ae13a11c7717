"""`sift import`."""

from typing import TYPE_CHECKING, Annotated

import typer

from curation.cli.asking import configured
from curation.cli.talking import AsJson, NewWorkspace, do, opened, say

if TYPE_CHECKING:  # `sift --help` would wait for all of it
    from curation.methods import Json

COLUMNS = "For rows in no known layout: instruction=COLUMN, and input, output, system, category likewise; repeat it."


def import_files(
    files: Annotated[list[str], typer.Argument(help="Files, folders or names on the Hugging Face hub.")],
    workspace: NewWorkspace = None,
    licence: Annotated[str, typer.Option(help="Licence of what is imported, noted with every sample.")] = "",
    columns: Annotated[list[str] | None, typer.Option("--set", "-s", metavar="NAME=COLUMN", help=COLUMNS)] = None,
    as_json: AsJson = False,
) -> None:
    """Import files whose layout is recognised from their rows, or whose columns are named, then measure what is new.

    Example: sift import seeds.jsonl more.parquet --licence Apache-2.0 -w pool.duckdb

    Example: sift import faq.csv --set instruction=Question --set output=Answer -w pool.duckdb

    Reads the files; writes samples, where each came from, and their signals. The same file twice adds nothing.
    """
    from curation.importers import Mapped
    from curation.stages.importing import import_job, recognised_job
    from curation.stages.measuring import measure_job

    layout = configured(Mapped, columns, {}) if columns else None
    found = opened(workspace, make=True)
    results: list[Json] = []
    for file in files:
        job = import_job(found, file, layout, licence=licence) if layout else recognised_job(found, file, licence)
        note = do(found, job)
        results.append({"file": file, "result": note})
        say({}, as_json, f"{file}: {note}")
    measured = do(found, measure_job(found))
    say({"imported": results, "measured": measured}, as_json, measured)
