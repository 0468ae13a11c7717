"""`sift import`."""

from typing import TYPE_CHECKING, Annotated

import typer

from curation.cli.talking import AsJson, NewWorkspace, do, opened, say

if TYPE_CHECKING:  # `sift --help` would wait for all of it
    from curation.methods import Json


def import_files(
    files: Annotated[list[str], typer.Argument(help="Files, folders or names on the Hugging Face hub.")],
    workspace: NewWorkspace = None,
    licence: Annotated[str, typer.Option(help="Licence of what is imported, noted with every sample.")] = "",
    as_json: AsJson = False,
) -> None:
    """Import files whose layout is recognised from their rows, then measure what is new.

    Example: sift import seeds.jsonl more.parquet --licence Apache-2.0 -w pool.duckdb

    Reads the files; writes samples, where each came from, and their signals. The same file twice adds nothing.
    """
    from curation.stages.importing import recognised_job
    from curation.stages.measuring import measure_job

    found = opened(workspace, make=True)
    results: list[Json] = []
    for file in files:
        note = do(found, recognised_job(found, file, licence))
        results.append({"file": file, "result": note})
        say({}, as_json, f"{file}: {note}")
    measured = do(found, measure_job(found))
    say({"imported": results, "measured": measured}, as_json, measured)
