"""Settings of a workspace: small texts by name.

Keys of model endpoints never come here, only the names of the environment variables that hold them.
"""

from curation.store.workspace import Workspace

_READ = "SELECT value FROM settings WHERE key = ?"
_CLEAR = "DELETE FROM settings WHERE key = ?"
_WRITE = "INSERT INTO settings VALUES (?, ?)"


def read_setting(workspace: Workspace, key: str, default: str = "") -> str:
    """The text kept under a name, or the default."""
    rows = workspace.execute(_READ, key)
    return str(rows[0][0]) if rows else default


def write_setting(workspace: Workspace, key: str, value: str) -> None:
    """Keep a text under a name in place of what was there."""
    with workspace.writing() as cursor:
        cursor.execute(_CLEAR, [key])
        cursor.execute(_WRITE, [key, value])
