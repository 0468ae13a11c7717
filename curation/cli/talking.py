"""What every command shares: the workspace, progress on standard error, and the result on standard output."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:  # `sift --help` would wait for all of it
    from curation.methods import Row
    from curation.runs import Job
    from curation.store import Workspace
    from curation.store.runs import Run

InWorkspace = Annotated[Path | None, typer.Option("--workspace", "-w", help="Workspace file.")]
NewWorkspace = Annotated[
    Path | None, typer.Option("--workspace", "-w", help="Workspace file; made where it is not there.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print the result as JSON: one object, the last line.")]
Watch = Callable[[int, int], None]
LOOK_EVERY = 0.2
"""Seconds between two looks at a run in the background."""
STOPPING = "Stopping; answers that are on their way are waited for, as they are paid for. Ctrl+C again leaves at once."
STOPPED = "Stopped. What was finished before is kept."


def opened(path: Path | None, *, make: bool = False) -> "Workspace":
    """The workspace of a command: the one that is named, else the one that the dashboard opens.

    Without `make` a name that was mistyped is told, instead of an empty workspace that has this name from then on.

    Raises:
        NotReady: there is no such file.
        WorkspaceBusy: another process holds it; the message names the process (F15).
    """
    from curation.errors import NotReady
    from curation.home import workspace_path
    from curation.store import open_workspace

    named = (path or workspace_path()).expanduser()
    if not (make or named.exists()):
        raise NotReady(f"There is no workspace at {named}. sift import FILE -w {named} makes one.")
    return open_workspace(named)


def do(workspace: "Workspace", job: "Job") -> str:
    """Do a job with a bar on standard error, and give its sentence."""
    from curation import runs

    with _stoppable(), _bar(f"{job.kind} {job.method}") as watch:
        return runs.run_now(workspace, job, watch)


def follow(workspace: "Workspace", run: str) -> "Run":
    """Show a run in the background until it is done, and give how it ended; Ctrl+C stops it.

    Raises:
        Paused: it stands still or failed; the message says why and how to go on with it.
        KeyboardInterrupt: a person stopped it; it has ended then.
    """
    from curation import runs
    from curation.errors import Paused
    from curation.store.plans import has_plan
    from curation.store.runs import read_run

    begun = _known(read_run(workspace, run))
    with _stoppable(), _bar(f"{begun.kind} {begun.method}") as watch:
        try:
            while runs.running(workspace, begun.kind):
                runs.wait(run, LOOK_EVERY)
                seen = _known(read_run(workspace, run))
                if watch:
                    watch(seen.done, seen.requested)
        except KeyboardInterrupt:
            typer.echo(STOPPING, err=True)
            runs.cancel(run)
            runs.wait(run)
            raise
    ended = _known(read_run(workspace, run))
    if ended.status != "done":
        go_on = f" Go on with it: sift {ended.kind} --resume {run}" if has_plan(workspace, run) else ""
        raise Paused(f"{ended.note}{go_on}")
    return ended


def say(found: "Row", as_json: bool, text: str) -> None:
    """Print a result: as one line of JSON where that is asked for, else in words."""
    if not as_json:
        typer.echo(text)
    elif found:
        typer.echo(json.dumps(found, ensure_ascii=False, default=str))


def _known(run: "Run | None") -> "Run":
    from curation.errors import NotReady

    if run is None:
        raise NotReady("There is no run of this name. `sift status --json` lists the latest ones.")
    return run


@contextmanager
def _stoppable() -> Iterator[None]:
    """Say that what was stopped is not lost; the exit status says that it was stopped."""
    try:
        yield
    except KeyboardInterrupt:
        typer.echo(STOPPED, err=True)
        raise


@contextmanager
def _bar(title: str) -> Iterator[Watch | None]:
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
