"""`sift …`: the same stages without a browser. To add a command: write its file, then name it here, as shown.

Their files import what is heavy inside, so that `sift --help` does not wait for it.
"""

import sys
from collections.abc import Callable
from typing import Final

import typer

from curation.cli.app import app
from curation.cli.contamination import contamination
from curation.cli.curate import curate
from curation.cli.embed import embed
from curation.cli.export import export
from curation.cli.generate import generate
from curation.cli.import_files import import_files
from curation.cli.judge import judge
from curation.cli.measure import measure
from curation.cli.pairs import pairs
from curation.cli.reproduce import reproduce
from curation.cli.review_files import review_export, review_import
from curation.cli.role import role
from curation.cli.status import status
from curation.errors import Cancelled, CurationError

COMMANDS: Final[dict[str, Callable[..., None]]] = {
    "app": app,
    "import": import_files,
    "generate": generate,
    "measure": measure,
    "embed": embed,
    "pairs": pairs,
    "contamination": contamination,
    "judge": judge,
    "curate": curate,
    "review-export": review_export,
    "review-import": review_import,
    "export": export,
    "reproduce": reproduce,
    "role": role,
    "status": status,
}

HELP = """Build and curate instruction-tuning data.

Exit status: 0 done, 1 refused (one sentence says why), 2 wrong usage, 130 stopped with Ctrl+C.
"""
STOPPED = 130

cli = typer.Typer(add_completion=False, no_args_is_help=True, rich_markup_mode=None, help=HELP)
for name, command in COMMANDS.items():
    cli.command(name)(command)


def main() -> None:
    """Run the command line; what goes wrong is one sentence on standard error and exit status 1, a stop 130."""
    try:
        cli()
    except CurationError as error:
        typer.echo(str(error), err=True)
        sys.exit(STOPPED if isinstance(error, Cancelled) else 1)
