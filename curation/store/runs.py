"""Runs: one row per import, generation, measuring, embedding … with its progress, as pages read it."""

import os
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from curation.errors import NotReady
from curation.store.workspace import Workspace, now

RESUMABLE = ("paused", "interrupted", "failed", "cancelled")

_START = """
INSERT INTO runs (id, kind, method, options, status, requested, done, failed, note, process, started, heartbeat, active)
VALUES (?, ?, ?, ?, 'running', ?, 0, 0, '', ?, ?, ?, 0)
"""
_STEP = "UPDATE runs SET requested = ?, done = ?, failed = ?, active = ?, heartbeat = ? WHERE id = ?"
_END = "UPDATE runs SET status = ?, note = ?, resume_at = ?, heartbeat = ?, ended = ? WHERE id = ?"
_RESUME = """
UPDATE runs SET status = 'running', note = '', resume_at = NULL, process = ?, heartbeat = ?, ended = NULL
WHERE id = ? AND status IN ('paused', 'interrupted', 'failed', 'cancelled')
RETURNING requested, done, failed, active
"""
# Runs of before the time at work was kept stood still never.
_READ = """
SELECT id, kind, method, options, status, requested, done, failed, note, started, heartbeat, ended, resume_at,
    coalesce(active, epoch(coalesce(ended, heartbeat) - started))
FROM runs WHERE id = ?
"""
_RECENT = """
SELECT id, kind, method, options, status, requested, done, failed, note, started, heartbeat, ended, resume_at,
    coalesce(active, epoch(coalesce(ended, heartbeat) - started))
FROM runs ORDER BY started DESC LIMIT ?
"""
_RUNNING = "SELECT id FROM runs WHERE status = 'running'"
_STANDING = """
SELECT id, kind, method, options, status, requested, done, failed, note, started, heartbeat, ended, resume_at,
    coalesce(active, epoch(coalesce(ended, heartbeat) - started))
FROM runs WHERE status IN ('paused', 'interrupted') AND id IN (SELECT run FROM plans) ORDER BY started DESC
"""


@dataclass(frozen=True)
class Progress:
    """How far a run has come.

    Args:
        requested: how much there is to do, 0 while that is not known.
        done: how much of it is done.
        failed: how much of it went wrong.
        active: seconds at work, by the monotonic clock, without the time that it stood still (F19).
    """

    requested: int = 0
    done: int = 0
    failed: int = 0
    active: float = 0.0


@dataclass(frozen=True)
class Run:
    """One run as the database holds it.

    Attributes:
        status: running, done, failed, cancelled, paused, or interrupted where its process died.
        requested: 0 until the amount of work is known.
        seconds: how long it has been at work; the time that it stood still is not counted.
        resume_at: when a paused run is worth resuming, None where time alone does not help.
    """

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
    resume_at: datetime | None
    seconds: float

    @property
    def is_running(self) -> bool:
        """Whether work goes on."""
        return self.status == "running"

    @property
    def is_resumable(self) -> bool:
        """Whether it has ended without being done."""
        return self.status in RESUMABLE

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


def step_run(workspace: Workspace, run: str, progress: Progress) -> None:
    """Note how far a run has come, and that it lives."""
    with workspace.writing() as cursor:
        numbers = (progress.requested, progress.done, progress.failed, progress.active)
        cursor.execute(_STEP, [*numbers, now(), run])


def end_run(workspace: Workspace, run: str, status: str, note: str = "", resume_in: float = 0.0) -> None:
    """Note how a run ended, with a sentence for the reader, and after how many seconds resuming it is worth a try."""
    ended = now()
    resume_at = ended + timedelta(seconds=resume_in) if resume_in > 0 else None
    with workspace.writing() as cursor:
        cursor.execute(_END, [status, note, resume_at, ended, ended, run])


def resume_run(workspace: Workspace, run: str) -> Progress:
    """Take a run that ended without being done for this process; only one caller can have it (F21).

    Returns:
        How far it had come.

    Raises:
        NotReady: it is at work, done, or not there.
    """
    with workspace.writing() as cursor:
        rows = cursor.execute(_RESUME, [os.getpid(), now(), run]).fetchall()
    if not rows:
        raise NotReady("This run cannot be resumed: it is at work already, or done.")
    requested, done, failed, active = rows[0]
    return Progress(requested, done, failed, active or 0.0)


def read_run(workspace: Workspace, run: str) -> Run | None:
    """One run, None where there is none of this id."""
    rows = workspace.execute(_READ, run)
    return _run(rows[0]) if rows else None


def recent_runs(workspace: Workspace, limit: int = 20) -> list[Run]:
    """The latest runs, newest first."""
    return [_run(row) for row in workspace.execute(_RECENT, limit)]


def noted_as_running(workspace: Workspace) -> list[str]:
    """Ids of the runs that have no end yet."""
    return [str(run) for (run,) in workspace.execute(_RUNNING)]


def standing_runs(workspace: Workspace) -> list[Run]:
    """The runs that stand still and can be resumed from their plan, newest first."""
    return [_run(row) for row in workspace.execute(_STANDING)]


def _run(row: tuple[object, ...]) -> Run:
    id_, kind, method, options, status = (str(value) for value in row[:5])
    requested, done, failed = (int(str(value)) for value in row[5:8])
    started, heartbeat, ended, resume_at = row[9:13]
    assert isinstance(started, datetime)
    assert isinstance(heartbeat, datetime)
    assert ended is None or isinstance(ended, datetime)
    assert resume_at is None or isinstance(resume_at, datetime)
    times = (started, heartbeat, ended, resume_at, float(str(row[13])))
    return Run(id_, kind, method, options, status, requested, done, failed, str(row[8]), *times)
