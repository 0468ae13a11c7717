"""How a workspace file is opened: hardened, and with a look at its write-ahead log before anything is changed.

A log is there only where the last process died. DuckDB replays it; a damaged one either makes that fail at every
start (F17) or is silently cut short (F16), and the evidence goes with the next write. So the files are first read
without being changed, and where something is missing they are set aside as they were found.
"""

import re
import shutil
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from curation.errors import WorkspaceBusy, WorkspaceError
from curation.store.journal import Tally, journal_of, missing, read_journal, write_journal
from curation.store.migrations import MIGRATIONS

APPLICATION = "sift"
STAMP = "%Y%m%d-%H%M%S-%f"
"""A moment as text that sorts by time."""
_ASIDE = ".damaged-"
CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "enable_external_access": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "python_enable_replacements": "false",
    "lock_configuration": "true",
}

_TABLES = "SELECT table_name FROM duckdb_tables()"
_READ_MARK = "SELECT application FROM meta"
_MAKE_MARK = "CREATE TABLE meta (application VARCHAR NOT NULL, version INTEGER NOT NULL)"
_WRITE_MARK = "INSERT INTO meta VALUES (?, 0)"
_READ_VERSION = "SELECT version FROM meta"
_RAISE_VERSION = "UPDATE meta SET version = ?"
_CHANGES = "SELECT value::BIGINT FROM settings WHERE key = 'changes'"
_DECISIONS = "SELECT coalesce(max(seq), 0) FROM decisions"
_SAMPLES = "SELECT count(*) FROM samples"


def connect(path: Path, read_only: bool = False) -> duckdb.DuckDBPyConnection:
    """Open a database file for this process alone; it can reach nothing outside (T15).

    Raises:
        WorkspaceBusy: another process holds it.
        WorkspaceError: it cannot be opened.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return duckdb.connect(str(path), read_only=read_only, config=CONFIG)
    except (duckdb.Error, OSError) as error:
        holder = re.search(r"PID (\d+)", str(error))
        if holder or "lock on file" in str(error):
            raise WorkspaceBusy(str(path), int(holder.group(1)) if holder else 0) from error
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise WorkspaceError(f"{path} cannot be opened as a workspace: {reason}") from error


def check_log(path: Path) -> None:
    """Look at what a process that died has left, before it is opened for writing.

    Where its write-ahead log cannot be replayed, or is cut short, all files are copied into a folder beside them. A log
    that cannot be replayed is cut before its damage then, and the journal says that something is missing until a
    person accepts it.

    Raises:
        WorkspaceBusy: another process holds the file.
        WorkspaceError: it cannot be opened even without its log, or is none of ours; nothing was changed then.
    """
    log = path.with_name(path.name + ".wal")
    if not log.exists() or log.stat().st_size == 0:
        return
    try:
        lost = missing(_held(path), read_journal(path))
    except WorkspaceBusy:
        raise
    except WorkspaceError as error:
        if "replaying WAL" not in str(error):
            raise
        _cut_log(path, log)
        return
    if any(lost) and not _is_known(path):
        _set_aside(path)


def tally(connection: duckdb.DuckDBPyConnection) -> Tally:
    """What an open database holds; nothing where it is new."""
    if not {"settings", "decisions", "samples"} <= _tables(connection):
        return Tally()
    changes, decisions, samples = (connection.execute(query).fetchall() for query in (_CHANGES, _DECISIONS, _SAMPLES))
    return Tally(int(changes[0][0]) if changes else 0, int(decisions[0][0]), int(samples[0][0]))


def found_folder(path: Path, after: str) -> Path | None:
    """The latest folder with the files as they were found, None where none is younger than this stamp."""
    folders = path.parent.glob(f"{path.name}{_ASIDE}*")
    return max((one for one in folders if one.name.removeprefix(path.name + _ASIDE) > after), default=None)


def migrate(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Bring the tables up to date, each migration whole or not at all.

    Raises:
        WorkspaceError: the file belongs to another program or to a newer Sift.
    """
    _check_ours(connection, path)
    if not _tables(connection):
        connection.begin().execute(_MAKE_MARK).execute(_WRITE_MARK, [APPLICATION]).commit()
    version = int(connection.execute(_READ_VERSION).fetchall()[0][0])
    if version > len(MIGRATIONS):
        raise WorkspaceError(f"{path} was made by a newer Sift; update the program to open it.")
    for number, statements in enumerate(MIGRATIONS[version:], version + 1):
        connection.begin().execute(statements).execute(_RAISE_VERSION, [number]).commit()
        connection.execute("CHECKPOINT")


def _check_ours(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """A database is a Sift workspace, or still empty, or it is refused (T16)."""
    tables = _tables(connection)
    if tables and ("meta" not in tables or connection.execute(_READ_MARK).fetchall() != [(APPLICATION,)]):
        raise WorkspaceError(f"{path} is a database of another program, not a Sift workspace.")


def _tables(connection: duckdb.DuckDBPyConnection) -> set[str]:
    return {row[0] for row in connection.execute(_TABLES).fetchall()}


def _is_known(path: Path) -> bool:
    """Whether the files of this very loss were set aside at an earlier start: nothing was acknowledged since."""
    folder = found_folder(path, "")
    return folder is not None and read_journal(folder / path.name) == read_journal(path)


def _held(path: Path) -> Tally:
    connection = connect(path, read_only=True)
    try:
        _check_ours(connection, path)
        return tally(connection)
    finally:
        connection.close()


def _cut_log(path: Path, log: Path) -> None:
    """Keep of a log that cannot be replayed what comes before its damage."""
    folder = _set_aside(path)
    try:
        good, held = _readable(path, log.read_bytes(), folder)
        promised = read_journal(path)
        write_journal(path, promised._replace(changes=max(promised.changes, held.changes + 1)))
        shutil.copy2(journal_of(path), folder)
        cut = folder / "cut"
        cut.write_bytes(good)
        cut.replace(log)
    except BaseException:
        shutil.rmtree(folder)
        raise


def _readable(path: Path, log: bytes, folder: Path) -> tuple[bytes, Tally]:
    """The longest start of a log that can be replayed, and what the workspace holds with it; tried on a copy."""
    copy = folder / "tried.duckdb"
    tried = folder / "tried.duckdb.wal"
    shutil.copyfile(path, copy)
    try:
        found = _held(copy)
        good, bad = 0, len(log)
        # A log that ends too early is read up to its last whole transaction, so all that ends before the damage opens.
        while bad - good > 1:
            middle = (good + bad) // 2
            tried.write_bytes(log[:middle])
            try:
                found, good = _held(copy), middle
            except WorkspaceError:
                bad = middle
        return log[:good], found
    finally:
        copy.unlink()
        tried.unlink(missing_ok=True)


def _set_aside(path: Path) -> Path:
    """Copy the files of a workspace that no process has open; the originals stay where they are."""
    folder = path.with_name(f"{path.name}{_ASIDE}{datetime.now(UTC):{STAMP}}")
    try:
        folder.mkdir(mode=0o700)
        for file in (path, path.with_name(path.name + ".wal"), journal_of(path)):
            if file.exists():
                shutil.copy2(file, folder / file.name)
    except OSError as error:
        shutil.rmtree(folder, ignore_errors=True)
        raise WorkspaceError(
            f"{path} was damaged outside of Sift, and a copy of it cannot be made before it is mended: {error}. "
            "Nothing was changed. Free some space, then start Sift again."
        ) from error
    return folder
