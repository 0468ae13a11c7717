"""A copy of a workspace that can be worked in while the original stays as it is."""

import shutil
from pathlib import Path

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
    held = connect(path, read_only=True)
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
