"""Runs: one row per import, generation, measuring, embedding … with its progress, as pages read it."""

import os
import secrets
from dataclasses import dataclass
from datetime import datetime

from curation.store.workspace import Workspace, now

_START = "INSERT INTO runs VALUES (?, ?, ?, ?, 'running', ?, 0, 0, '', ?, ?, ?, NULL)"
_STEP = "UPDATE runs SET requested = ?, done = ?, failed = ?, heartbeat = ? WHERE id = ?"
_END = "UPDATE runs SET status = ?, note = ?, heartbeat = ?, ended = ? WHERE id = ?"
_READ = """
SELECT id, kind, method, options, status, requested, done, failed, note, started, heartbeat, ended
FROM runs WHERE id = ?
"""
_RECENT = """
SELECT id, kind, method, options, status, requested, done, failed, note, started, heartbeat, ended
FROM runs ORDER BY started DESC LIMIT ?
"""


@dataclass(frozen=True)
class Run:
    """One run as the database holds it. `requested` is 0 until the amount of work is known."""

    id: str
    kind: str
    method: str
    options: str
    status: str
    requested: int
    done: int
    failed: int
    note: str
    started: datetime
    heartbeat: datetime
    ended: datetime | None

    @property
    def is_running(self) -> bool:
        """Whether work goes on."""
        return self.status == "running"

    @property
    def seconds(self) -> float:
        """How long it has taken so far, or took."""
        return ((self.ended or self.heartbeat) - self.started).total_seconds()

    @property
    def rate(self) -> float:
        """Items per second so far, 0 where nothing is done yet."""
        return self.done / self.seconds if self.seconds > 0 else 0.0

    @property
    def seconds_left(self) -> float | None:
        """Time left at this rate; None where it cannot be told."""
        return (self.requested - self.done) / self.rate if self.rate and self.requested else None


def start_run(workspace: Workspace, kind: str, method: str, options: str, requested: int = 0) -> str:
    """Note that a run has begun and give its id: its kind and twelve hexadecimal digits."""
    run = f"{kind}-{secrets.token_hex(6)}"
    started = now()
    with workspace.writing() as cursor:
        cursor.execute(_START, [run, kind, method, options, requested, os.getpid(), started, started])
    return run


def step_run(workspace: Workspace, run: str, requested: int, done: int, failed: int) -> None:
    """Note how far a run has come."""
    with workspace.writing() as cursor:
        cursor.execute(_STEP, [requested, done, failed, now(), run])


def end_run(workspace: Workspace, run: str, status: str, note: str = "") -> None:
    """Note how a run ended: done, failed or cancelled, with a sentence for the reader."""
    ended = now()
    with workspace.writing() as cursor:
        cursor.execute(_END, [status, note, ended, ended, run])


def read_run(workspace: Workspace, run: str) -> Run | None:
    """One run, None where there is none of this id."""
    rows = workspace.execute(_READ, run)
    return _run(rows[0]) if rows else None


def recent_runs(workspace: Workspace, limit: int = 20) -> list[Run]:
    """The latest runs, newest first."""
    return [_run(row) for row in workspace.execute(_RECENT, limit)]


def _run(row: tuple[object, ...]) -> Run:
    id_, kind, method, options, status = (str(value) for value in row[:5])
    requested, done, failed = (int(str(value)) for value in row[5:8])
    started, heartbeat, ended = row[9], row[10], row[11]
    assert isinstance(started, datetime)
    assert isinstance(heartbeat, datetime)
    assert ended is None or isinstance(ended, datetime)
    note = str(row[8])
    return Run(id_, kind, method, options, status, requested, done, failed, note, started, heartbeat, ended)
