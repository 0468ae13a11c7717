"""`sift …`: the same stages without a browser. To add a command: write its file, then name it here, as shown."""

import sys
from collections.abc import Callable
from typing import Final

import typer

from curation.cli.app import app
from curation.cli.contamination import contamination
from curation.cli.embed import embed
from curation.cli.export import export
from curation.cli.import_files import import_files
from curation.cli.measure import measure
from curation.cli.pairs import pairs
from curation.cli.review_files import review_export, review_import
from curation.cli.role import role
from curation.cli.status import status
from curation.errors import CurationError

COMMANDS: Final[dict[str, Callable[..., None]]] = {
    "app": app,
    "import": import_files,
    "measure": measure,
    "embed": embed,
    "pairs": pairs,
    "contamination": contamination,
    "review-export": review_export,
    "review-import": review_import,
    "export": export,
    "role": role,
    "status": status,
}

cli = typer.Typer(add_completion=False, no_args_is_help=True, help="Build and curate instruction-tuning data.")
for name, command in COMMANDS.items():
    cli.command(name)(command)


def main() -> None:
    """Run the command line; what goes wrong is one sentence and exit status 1."""
    try:
        cli()
    except CurationError as error:
        typer.echo(str(error), err=True)
        sys.exit(1)
