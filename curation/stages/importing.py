"""A file → samples in the workspace, all or nothing."""

from dataclasses import dataclass
from pathlib import Path

from curation.errors import BadFile
from curation.importers import collect, preview
from curation.methods import Layout
from curation.runs import Job, Step
from curation.sample import Collected, Refusal
from curation.store import Workspace
from curation.store.samples import Added, add_samples

TELL_EVERY = 2000
"""Rows between two steps of progress."""


@dataclass(frozen=True)
class Source:
    """What to read and how it will be named."""

    path: str
    layout: Layout
    name: str
    licence: str = ""


def import_job(workspace: Workspace, path: str, layout: Layout, source: str = "", licence: str = "") -> Job:
    """The import of one file as a run."""
    named = source or Path(path).name

    def work(run: str, step: Step) -> str:
        return sentence(import_file(workspace, run, Source(path, layout, named, licence), step))

    return Job("import", layout.name, {"file": path, "source": named, "licence": licence}, work)


def import_file(workspace: Workspace, run: str, source: Source, step: Step) -> Added:
    """Read a whole file, then store all of it in one transaction; a refused file or a kill leaves nothing behind.

    Raises:
        BadFile: the file as a whole cannot be used.
    """
    collected: list[Collected] = []
    refused: list[Refusal] = []
    for item in collect(source.path, source.layout, source=source.name, licence=source.licence):
        if isinstance(item, Refusal):
            refused.append(item)
        else:
            collected.append(item)
        read = len(collected) + len(refused)
        if read % TELL_EVERY == 0:
            step(read, 0)
    added = add_samples(workspace, run, collected, refused)
    step(added.read, added.read)
    return added


def recognised_job(workspace: Workspace, path: str, licence: str = "") -> Job:
    """The import of a file whose layout is told from its rows, as the command line does it.

    Raises:
        BadFile: the rows fit no layout.
    """
    layout = preview(path).layout
    if layout is None:
        raise BadFile(
            f"{path}: its rows fit no known layout. Name its columns (--set instruction=COLUMN --set output=COLUMN) "
            "or import it on the Import page, where fields can be mapped."
        )
    return import_job(workspace, path, layout, licence=licence)


def sentence(added: Added) -> str:
    """What an import did, in words."""
    parts = [f"{added.read:,} read", f"{added.new:,} new", f"{added.repeated:,} repeated", f"{added.refused:,} refused"]
    return ", ".join(parts) + "."
