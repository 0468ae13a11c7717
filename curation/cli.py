"""`sift …`: the same stages without a browser. Results go to standard output, progress to standard error."""

import json
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from curation import runs
from curation.errors import BadInput, CurationError
from curation.exporters import FORMATS
from curation.facets import Facets
from curation.home import workspace_path
from curation.methods import Json, Row
from curation.stages.exporting import Wanted, default_root, export_job
from curation.stages.importing import recognised_job
from curation.stages.measuring import measure_job
from curation.store import Workspace, open_workspace
from curation.store.browse import count_by, count_states
from curation.store.recipes import read_exports
from curation.store.runs import recent_runs
from curation.store.samples import count_occurrences, count_samples

cli = typer.Typer(add_completion=False, no_args_is_help=True, help="Build and curate instruction-tuning data.")

InWorkspace = Annotated[
    Path | None, typer.Option("--workspace", "-w", help="Workspace file; made where it is not there.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print the result as JSON.")]


@cli.command()
def app(
    workspace: Annotated[Path | None, typer.Argument(help="Workspace file; made where it is not there.")] = None,
    port: Annotated[int, typer.Option(help="Port on 127.0.0.1.")] = 8501,
    as_json: AsJson = False,
) -> None:
    """Open the dashboard in this workspace."""
    script = Path(__file__).resolve().parents[1] / "app.py"
    if not script.exists():
        raise BadInput(f"{script} is not there: the dashboard runs from a checkout of Sift.")
    chosen = (workspace or workspace_path()).expanduser().absolute()
    address = f"http://127.0.0.1:{port}"
    _say({"workspace": str(chosen), "address": address}, as_json, f"Opening {chosen} on {address}")
    command = [sys.executable, str(script), "--workspace", str(chosen), "--port", str(port)]
    raise typer.Exit(subprocess.call(command))


@cli.command("import")
def import_files(
    files: Annotated[list[str], typer.Argument(help="Files, folders or names on the Hugging Face hub.")],
    workspace: InWorkspace = None,
    licence: Annotated[str, typer.Option(help="Licence of what is imported, noted with every sample.")] = "",
    as_json: AsJson = False,
) -> None:
    """Import files whose layout is recognised from their rows, then measure what is new."""
    opened = _opened(workspace)
    results: list[Json] = []
    for file in files:
        note = runs.run_now(opened, recognised_job(opened, file, licence), _watch)
        results.append({"file": file, "result": note})
        _say({}, as_json, f"{file}: {note}")
    measured = runs.run_now(opened, measure_job(opened), _watch)
    _say({"imported": results, "measured": measured}, as_json, measured)


@cli.command()
def status(workspace: InWorkspace = None, as_json: AsJson = False) -> None:
    """Say what is in a workspace."""
    opened = _opened(workspace)
    states = count_states(opened, Facets())
    found: Row = {
        "workspace": str(opened.path),
        "samples": count_samples(opened),
        "occurrences": count_occurrences(opened),
        "states": states,
        "origins": dict(count_by(opened, "origins", Facets())),
        "runs": [{"id": run.id, "status": run.status, "note": run.note} for run in recent_runs(opened, 5)],
        "lost_decisions": opened.lost_decisions,
    }
    lines = [f"{opened.path}: {found['samples']:,} samples from {found['occurrences']:,} occurrences"]
    lines += [f"  {state:<9}{number:>10,}" for state, number in states.items()]
    _say(found, as_json, "\n".join(lines))


@cli.command()
def export(  # noqa: PLR0913 - one parameter per option of the command
    workspace: InWorkspace = None,
    name: Annotated[str, typer.Option(help="Name of the data set.")] = "sift",
    formats: Annotated[list[str] | None, typer.Option("--format", "-f", help=f"{', '.join(FORMATS)}.")] = None,
    to: Annotated[Path | None, typer.Option(help="Folder that gets the export's own folder.")] = None,
    accepted_only: Annotated[bool, typer.Option(help="Leave out what no person accepted.")] = False,
    licence: Annotated[str, typer.Option(help="Licence for the dataset card.")] = "other",
    practice: Annotated[bool, typer.Option("--practice", help="Text of the practice model too.")] = False,
    as_json: AsJson = False,
) -> None:
    """Write what is in, split without leaks, into a new folder."""
    opened = _opened(workspace)
    chosen = tuple(formats or ["openai_chat"])
    unknown = [form for form in chosen if form not in FORMATS]
    if unknown:
        raise BadInput(f"There is no format called {unknown[0]}; there are {', '.join(FORMATS)}.")
    states = ("accepted",) if accepted_only else ("accepted", "kept")
    wanted = Wanted(name, chosen, (to or default_root(opened)).absolute(), states, licence=licence, practice=practice)
    note = runs.run_now(opened, export_job(opened, wanted), _watch)
    exported = read_exports(opened)[0]
    _say({k: str(v) for k, v in asdict(exported).items()} | {"samples": exported.samples}, as_json, note)


def main() -> None:
    """Run the command line; what goes wrong is one sentence and exit status 1."""
    try:
        cli()
    except CurationError as error:
        typer.echo(str(error), err=True)
        sys.exit(1)


def _opened(path: Path | None) -> Workspace:
    return open_workspace(path or workspace_path())


def _watch(done: int, requested: int) -> None:
    if sys.stderr.isatty():
        typer.echo(f"\r{done:,}" + (f" of {requested:,}" if requested else ""), err=True, nl=False)
        if requested and done >= requested:
            typer.echo("", err=True)


def _say(found: Row, as_json: bool, text: str) -> None:
    if not as_json:
        typer.echo(text)
    elif found:
        typer.echo(json.dumps(found, ensure_ascii=False, default=str))
