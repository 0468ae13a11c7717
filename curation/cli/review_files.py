"""`sift review-export` and `sift review-import`: decisions go to another copy of the workspace."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from curation.cli.talking import AsJson, InWorkspace, opened, say
from curation.errors import BadFile


def review_export(
    file: Annotated[Path, typer.Argument(help="File to write; it must not be there yet.")],
    workspace: InWorkspace = None,
    as_json: AsJson = False,
) -> None:
    """Write every decision, with guidelines and samples that people made, as JSON lines.

    Example: sift review-export decisions.jsonl -w pool.duckdb

    Reads the decisions; writes the file.
    """
    from curation.stages.carrying import decisions_file

    content = decisions_file(opened(workspace))
    try:
        with file.open("xb") as out:
            out.write(content)
    except OSError as error:
        raise BadFile(f"{file} cannot be written: {error.strerror}.") from error
    say({"file": str(file), "bytes": len(content)}, as_json, f"Decisions written to {file}.")


def review_import(
    file: Annotated[Path, typer.Argument(help="File that review-export or the dashboard wrote.")],
    workspace: InWorkspace = None,
    as_json: AsJson = False,
) -> None:
    """Add the decisions of a file to the workspace that it was made in, or to a copy of it. Twice is once.

    Example: sift review-import decisions.jsonl -w copy.duckdb

    Reads the file; writes its decisions after those that are there.
    """
    from curation.stages.carrying import bring_decisions

    try:
        content = file.read_bytes()
    except OSError as error:
        raise BadFile(f"{file} cannot be read: {error.strerror}.") from error
    brought = bring_decisions(opened(workspace), content, file.name)
    say(asdict(brought), as_json, str(brought))
