"""A copy of a workspace that can be worked in while the original stays as it is."""

import shutil
from pathlib import Path

import duckdb

from curation.errors import WorkspaceError
from curation.store.journal import journal_of
from curation.store.opening import connect


def copy_workspace(path: Path, folder: Path) -> Path:
    """Copy the file of a workspace, and what belongs to it, into a folder; the original is only read.

    Nobody can write to it meanwhile: it is held open for reading, as one process at a time may have it.

    Raises:
        WorkspaceBusy: another process holds it; the message names the process (F15).
        WorkspaceError: there is no such file, it cannot be read, or the copy has no room.
    """
    if not path.is_file():
        raise WorkspaceError(f"There is no workspace at {path}.")
    held = _held(path)
    try:
        for file in (path, path.with_name(f"{path.name}.wal"), journal_of(path)):
            if file.exists():
                shutil.copyfile(file, folder / file.name)
    except OSError as error:
        raise WorkspaceError(
            f"{path} cannot be copied to {folder}: {error.strerror}. Free some space there."
        ) from error
    finally:
        held.close()
    return folder / path.name


def _held(path: Path) -> duckdb.DuckDBPyConnection:
    try:
        return connect(path, read_only=True)
    except WorkspaceError as error:
        if isinstance(error.__cause__, duckdb.ConnectionException):
            raise WorkspaceError(f"{path} is open here. Close it, then try again.") from error
        raise
