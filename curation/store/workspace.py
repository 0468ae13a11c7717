"""One workspace: one DuckDB file, one connection per process, one cursor per call.

The connection is hardened: it cannot read or write any other file, load extensions or see Python variables
(RELIABILITY T15). A small journal beside the file notes the last decision that was promised to a person, so that
a damaged write-ahead log cannot lose decisions silently (N11).
"""

import atexit
import os
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from curation.errors import WorkspaceBusy, WorkspaceError
from curation.store.schema import MIGRATIONS

APPLICATION = "sift"
CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "enable_external_access": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "python_enable_replacements": "false",
    "lock_configuration": "true",
}

_FIND_MARK = "SELECT count(*) FROM duckdb_tables() WHERE table_name = 'meta'"
_FIND_ANYTHING = "SELECT count(*) FROM duckdb_tables()"
_READ_MARK = "SELECT application, version FROM meta"
_MAKE_MARK = "CREATE TABLE meta (application VARCHAR NOT NULL, version INTEGER NOT NULL)"
_WRITE_MARK = "INSERT INTO meta VALUES (?, 0)"
_RAISE_VERSION = "UPDATE meta SET version = ?"
_LAST_DECISION = "SELECT coalesce(max(seq), 0) FROM decisions"
_END_ORPHANS = "UPDATE runs SET status = 'interrupted', ended = ? WHERE status = 'running'"

_open: dict[Path, "Workspace"] = {}
_opening = threading.Lock()


def now() -> datetime:
    """The time as every table holds it: UTC without a zone."""
    return datetime.now(UTC).replace(tzinfo=None)


def open_workspace(path: str | Path) -> "Workspace":
    """Open a workspace, made on the spot where the file is not there; the same object for the same file.

    Raises:
        WorkspaceBusy: another process holds it.
        WorkspaceError: the file is not a Sift workspace, is newer than this program, or cannot be read.
    """
    resolved = Path(path).expanduser().resolve()
    with _opening:
        if resolved not in _open:
            _open[resolved] = Workspace(resolved)
        return _open[resolved]


class Workspace:
    """An open workspace file. Use `open_workspace`, which gives one object per file and process."""

    def __init__(self, path: Path) -> None:
        """Connect, check that the file is ours, bring its tables up to date and look for losses."""
        self.path = path
        self._writing = threading.RLock()
        self._connection = _connect(path)
        try:
            self._migrate()
        except BaseException:
            self._connection.close()
            raise
        self.lost_decisions = max(0, self._promised() - self.last_decision())
        self.execute(_END_ORPHANS, now())
        atexit.register(self.close)

    def close(self) -> None:
        """Let go of the file; another process may open it then."""
        _open.pop(self.path, None)
        self._connection.close()
        atexit.unregister(self.close)

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """A cursor for one call; cursors of one connection may be used from several threads at once."""
        return self._connection.cursor()

    def execute(self, query: str, *values: object) -> list[tuple[object, ...]]:
        """Run one statement with bound values and return all rows."""
        with self.cursor() as cursor:
            return cursor.execute(query, list(values)).fetchall()

    @contextmanager
    def writing(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """One transaction, one writer at a time: all of it is kept or none."""
        with self._writing, self.cursor() as cursor:
            cursor.begin()
            try:
                yield cursor
            except BaseException:
                cursor.rollback()
                raise
            cursor.commit()

    def last_decision(self) -> int:
        """The number of the last decision that the database holds, 0 for none."""
        return int(str(self.execute(_LAST_DECISION)[0][0]))

    def promise(self, decision: int) -> None:
        """Note on disk, outside the database, that decisions up to this one have been acknowledged."""
        journal = os.open(self._journal, os.O_WRONLY | os.O_CREAT, 0o600)
        try:
            os.pwrite(journal, f"{decision:020d}\n".encode(), 0)
            os.fsync(journal)
        finally:
            os.close(journal)

    @property
    def _journal(self) -> Path:
        return self.path.with_name(self.path.name + ".journal")

    def _promised(self) -> int:
        try:
            return int(self._journal.read_text().strip() or 0)
        except (FileNotFoundError, ValueError):
            return 0

    def _migrate(self) -> None:
        version = self._version()
        if version > len(MIGRATIONS):
            raise WorkspaceError(f"{self.path} was made by a newer Sift; update the program to open it.")
        for number, statements in enumerate(MIGRATIONS[version:], version + 1):
            with self.writing() as cursor:
                cursor.execute(statements)
                cursor.execute(_RAISE_VERSION, [number])
            self.execute("CHECKPOINT")

    def _version(self) -> int:
        if self.execute(_FIND_MARK)[0][0] == 0:
            if self.execute(_FIND_ANYTHING)[0][0] != 0:
                raise WorkspaceError(f"{self.path} is a database of another program, not a Sift workspace.")
            self.execute(_MAKE_MARK)
            self.execute(_WRITE_MARK, APPLICATION)
        marks = self.execute(_READ_MARK)
        if len(marks) != 1 or marks[0][0] != APPLICATION:
            raise WorkspaceError(f"{self.path} is a database of another program, not a Sift workspace.")
        return int(str(marks[0][1]))


def _connect(path: Path) -> duckdb.DuckDBPyConnection:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return duckdb.connect(str(path), config=CONFIG)
    except duckdb.IOException as error:
        holder = re.search(r"PID (\d+)", str(error))
        if holder or "lock" in str(error):
            raise WorkspaceBusy(str(path), int(holder.group(1)) if holder else 0) from error
        raise WorkspaceError(f"{path} cannot be opened as a workspace: {_first_line(error)}") from error
    except (duckdb.Error, OSError) as error:
        raise WorkspaceError(f"{path} cannot be opened as a workspace: {_first_line(error)}") from error


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0] if str(error) else type(error).__name__
