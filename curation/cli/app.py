"""`sift app`."""

import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer

from curation.cli.talking import AsJson, opened, say
from curation.errors import BadInput


def app(
    workspace: Annotated[Path | None, typer.Argument(help="Workspace file; made where it is not there.")] = None,
    port: Annotated[int, typer.Option(help="Port on 127.0.0.1.")] = 8501,
    as_json: AsJson = False,
) -> None:
    """Open the dashboard in this workspace.

    Example: sift app pool.duckdb

    It runs until Ctrl+C and holds the workspace as long: other commands say so, with the number of the process. Where
    another process holds it already, this says so too and does not start.
    """
    from curation.home import workspace_path

    script = Path(__file__).resolve().parents[2] / "app.py"
    if not script.exists():
        raise BadInput(f"{script} is not there: the dashboard runs from a checkout of Sift.")
    chosen = (workspace or workspace_path()).expanduser().absolute()
    address = f"http://127.0.0.1:{port}"
    opened(chosen, make=True).close()
    say({"workspace": str(chosen), "address": address}, as_json, f"Opening {chosen} on {address}")
    command = [sys.executable, str(script), "--workspace", str(chosen), "--port", str(port)]
    raise typer.Exit(subprocess.call(command))
