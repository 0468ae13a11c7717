"""What every command shares: the workspace, progress on standard error, and the result on standard output."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from curation import runs
from curation.home import workspace_path
from curation.methods import Row
from curation.runs import Job
from curation.store import Workspace, open_workspace

InWorkspace = Annotated[
    Path | None, typer.Option("--workspace", "-w", help="Workspace file; made where it is not there.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print the result as JSON.")]


def opened(path: Path | None) -> Workspace:
    """The workspace of a command: the one that is named, else the one that the dashboard opens."""
    return open_workspace(path or workspace_path())


def do(workspace: Workspace, job: Job) -> str:
    """Do a job with a bar on standard error, and give its sentence."""
    with _bar(f"{job.kind} {job.method}") as watch:
        return runs.run_now(workspace, job, watch)


def say(found: Row, as_json: bool, text: str) -> None:
    """Print a result: as one line of JSON where that is asked for, else in words."""
    if not as_json:
        typer.echo(text)
    elif found:
        typer.echo(json.dumps(found, ensure_ascii=False, default=str))


@contextmanager
def _bar(title: str) -> Iterator[runs.Step | None]:
    """A bar with rate and time left where a person looks at standard error; nothing where it goes to a file."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    said = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn())
    left = (TextColumn("{task.fields[rate]}", markup=False), TimeRemainingColumn())
    with Progress(*said, *left, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(title, total=None, rate="")

        def watch(done: int, requested: int) -> None:
            speed = progress.tasks[task].speed
            rate = f"{speed:,.0f}/s" if speed else ""
            progress.update(task, completed=done, total=requested or None, rate=rate)

        yield watch
