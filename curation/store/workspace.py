"""One workspace: one DuckDB file, one connection per process, one cursor per call.

The connection is hardened: it cannot read or write any other file, load extensions or see Python variables
(RELIABILITY T15). Every finished transaction is counted, in the file and in a journal beside it; where the file holds
less than the journal promises, nothing is written until a person has seen it (F16, N11).
"""

import atexit
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from curation.errors import WorkspaceError
from curation.store.disk import in_words
from curation.store.journal import Loss, missing, read_journal, write_journal
from curation.store.opening import STAMP, check_log, connect, found_folder, migrate, tally

PATIENCE = 2.0
"""Seconds that closing waits for other threads."""
_LAST_DECISION = "SELECT coalesce(max(seq), 0) FROM decisions"
_END_ORPHANS = "UPDATE runs SET status = 'interrupted', ended = ? WHERE status = 'running'"
_COUNT_CHANGE = "UPDATE settings SET value = ? WHERE key = 'changes'"
_COUNT_FIRST = "INSERT INTO settings VALUES ('changes', ?)"
_LAST_ACCEPTED = "SELECT coalesce(max(value), '') FROM settings WHERE key = 'loss accepted'"
_ACCEPT = "INSERT INTO settings VALUES ('loss accepted', ?)"

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
    """An open workspace file. Use `open_workspace`, which gives one object per file and process.

    Attributes:
        path: the file.
        loss: what had been acknowledged and is missing; nothing can be written until a person accepts it.
        who: gives the name of the person on whose behalf this very call is made; "" where nobody logs in.
    """

    def __init__(self, path: Path) -> None:
        """Look for damage, connect, check that the file is ours and bring its tables up to date."""
        self.path = path
        self.who: Callable[[], str] = str
        self._writing = threading.RLock()
        self._idle, self._busy, self._is_closing = threading.Condition(), 0, False
        self._current: tuple[int, duckdb.DuckDBPyConnection | None] = (0, None)
        check_log(path)
        self._connection = connect(path)
        try:
            with in_words(path):
                migrate(self._connection, path)
                self._held = self._next = tally(self._connection)
                self.loss = self._find_loss()
                if self.loss is None:
                    self._end_orphans()
        except BaseException:
            self._connection.close()
            raise
        atexit.register(self.close)

    def close(self) -> None:
        """Let go of the file; another process may open it then."""
        if _open.get(self.path) is self:
            del _open[self.path]
        with self._idle:
            # The database refuses to be closed while another thread reads or writes, so that comes to its end first,
            # and what is asked meanwhile waits.
            self._is_closing = True
            self._idle.wait_for(lambda: not self._busy, PATIENCE)
            try:
                self._connection.close()
            finally:
                self._is_closing = False
                self._idle.notify_all()
        atexit.unregister(self.close)

    @property
    def changes(self) -> int:
        """How many transactions were kept so far: where it is the same, nothing was written."""
        return self._held.changes

    @property
    def lost_decisions(self) -> int:
        """How many acknowledged decisions are missing, until a person accepts it."""
        return self.loss.missing.decisions if self.loss else 0

    @contextmanager
    def cursor(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """A cursor for one call; several threads may have one each. Inside `writing` it sees what was just written.

        Raises:
            WorkspaceError: the file cannot be read.
        """
        joined = self._joined()
        if joined is not None:
            yield joined
        else:
            with self._telling(), self._cursor() as cursor:
                yield cursor

    def execute(self, query: str, *values: object) -> list[tuple[object, ...]]:
        """Run one statement with bound values and return all rows."""
        with self.cursor() as cursor:
            return cursor.execute(query, list(values)).fetchall()

    @contextmanager
    def writing(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """One transaction, one writer at a time: all of it is kept or none. One inside another is part of it.

        Raises:
            WorkspaceError: the file cannot be written, or a loss is not accepted yet.
        """
        joined = self._joined()
        if joined is not None:
            yield joined
            return
        with self._writing:
            if self.loss:
                raise WorkspaceError(f"{self.loss.sentence} Open it in the dashboard to choose how to go on.")
            with self._transaction() as cursor:
                self._next = self._held._replace(changes=self._held.changes + 1)
                yield cursor
                _count(cursor, self._next.changes)
            self._held = self._next
            with in_words(self.path):
                write_journal(self.path, self._held)

    def promise(self, decisions: int = 0, samples: int = 0) -> None:
        """Inside `writing`: the numbers that the journal promises as soon as the transaction is kept."""
        self._next = self._next._replace(
            decisions=max(self._next.decisions, decisions), samples=max(self._next.samples, samples)
        )

    def accept_loss(self, reviewer: str) -> None:
        """Go on with what is there; who said so, and about what, is kept in the workspace."""
        with self._writing:
            loss, self.loss = self.loss, None
            if loss is None:
                return
            try:
                with self.writing() as cursor:
                    cursor.execute(_ACCEPT, [f"{now():{STAMP}} {reviewer}: {loss.sentence}"])
            except BaseException:
                self.loss = loss
                raise
            self._end_orphans()

    def last_decision(self) -> int:
        """The number of the last decision that the database holds, 0 for none."""
        return int(str(self.execute(_LAST_DECISION)[0][0]))

    def _joined(self) -> duckdb.DuckDBPyConnection | None:
        """The cursor of the transaction that this very thread has open."""
        thread, cursor = self._current
        return cursor if thread == threading.get_ident() else None

    @contextmanager
    def _cursor(self) -> Iterator[duckdb.DuckDBPyConnection]:
        with self._idle:
            self._idle.wait_for(lambda: not self._is_closing, PATIENCE)
            self._busy += 1
        try:
            with self._connection.cursor() as cursor:
                yield cursor
        finally:
            with self._idle:
                self._busy -= 1
                self._idle.notify_all()

    @contextmanager
    def _transaction(self) -> Iterator[duckdb.DuckDBPyConnection]:
        with self._telling(), self._cursor() as cursor:
            cursor.begin()
            self._current = (threading.get_ident(), cursor)
            try:
                yield cursor
                cursor.commit()
            except BaseException:
                # Where the database itself gave up there is nothing to roll back any more.
                with suppress(duckdb.Error):
                    cursor.rollback()
                raise
            finally:
                self._current = (0, None)

    @contextmanager
    def _telling(self) -> Iterator[None]:
        """What the disk refuses, in words; a database that gave up is let go of, so that it can be opened again."""
        try:
            with in_words(self.path):
                yield
        except WorkspaceError as error:
            if isinstance(error.__cause__, duckdb.FatalException):
                self.close()
            raise

    def _end_orphans(self) -> None:
        self.execute(_END_ORPHANS, now())

    def _find_loss(self) -> Loss | None:
        lost = missing(self._held, read_journal(self.path))
        accepted = str(self.execute(_LAST_ACCEPTED)[0][0])
        return Loss(lost, found_folder(self.path, accepted)) if any(lost) else None


def _count(cursor: duckdb.DuckDBPyConnection, changes: int) -> None:
    if cursor.execute(_COUNT_CHANGE, [str(changes)]).fetchall() == [(0,)]:
        cursor.execute(_COUNT_FIRST, [str(changes)])
