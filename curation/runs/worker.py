"""One run at work: its thread, its heartbeat, and how it ends."""

import logging
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from curation.errors import Cancelled, CurationError, Paused, WorkspaceError
from curation.methods import Json
from curation.store import Workspace
from curation.store.runs import Progress, end_run, step_run

Step = Callable[[int, int], None]
"""Called with (done, requested) as work goes on; raises Cancelled or Paused when a person has asked for it."""
Work = Callable[[str, Step], str]
"""What a run does, given its id and a way to tell how far it is; returns a sentence about what came of it."""

WRITE_EVERY = 0.3
"""Seconds between two notes of progress in the database."""
HEARTBEAT = 2.0
"""Seconds after which a run that does not come forward shows that it lives."""

log = logging.getLogger("curation.runs")


def _nothing(_run: str) -> None:
    """Most jobs are begun anew rather than resumed."""


@dataclass(frozen=True)
class Job:
    """What to run: the kind is one of import, generate, measure, embed, place, pair, export.

    `begin` is given the id of the run in the transaction that notes it, so that whatever a process that dies has left
    can be resumed from what it wrote.
    """

    kind: str
    method: str
    options: Mapping[str, Json]
    work: Work
    begin: Callable[[str], None] = _nothing


class Closed(Cancelled):
    """The process ends; whoever opens the workspace next can go on."""


class Worker:
    """One run with its thread, its heartbeat and what is to end it before its time."""

    def __init__(self, workspace: Workspace, job: Job, run: str, before: Progress) -> None:
        """Take a run that is noted as running; `before` is how far it had come when it stood still."""
        self.workspace = workspace
        self.job = job
        self.run = run
        self.ending: CurationError | None = None
        self.over = threading.Event()
        self.thread = threading.Thread(target=self.work, name=run, daemon=True)
        self._quiet = threading.Event()
        self._ticker = threading.Thread(target=self.tick, name=f"{run} heartbeat", daemon=True)
        self._before = before.active
        self._begun = time.monotonic()
        self._progress = before
        self._written = 0.0

    def step(self, done: int, requested: int) -> None:
        """What the job calls as it goes on."""
        self._progress = Progress(requested, done)
        if self.ending is not None:
            raise self.ending
        if done >= requested or time.monotonic() - self._written >= WRITE_EVERY:
            self.note()

    def note(self) -> None:
        """Write down how far it is. What is written is looked at inside, so that no older state comes last."""
        with self.workspace.writing():
            self._written = time.monotonic()
            active = self._before + self._written - self._begun
            step_run(self.workspace, self.run, replace(self._progress, active=active))

    def tick(self) -> None:
        """Show that it lives, also while nothing comes forward."""
        while not self._quiet.wait(HEARTBEAT):
            try:
                if time.monotonic() - self._written >= HEARTBEAT:
                    self.note()
            except WorkspaceError as refused:
                log.warning("run %s cannot write its heartbeat: %s", self.run, refused)
            except Exception:
                log.exception("run %s cannot write its heartbeat", self.run)
                return

    def work(self) -> None:
        """The thread: the work, and how it ended."""
        try:
            self.finish("done", self.do(self.step))
        except Exception as error:
            if not isinstance(error, CurationError):
                log.exception("run %s failed", self.run)
            self.fail(error)
        finally:
            self.leave()

    def do(self, step: Step) -> str:
        """The work itself, with its heartbeat."""
        self._ticker.start()
        try:
            return self.job.work(self.run, step)
        finally:
            self._quiet.set()
            self._ticker.join()

    def fail(self, error: BaseException) -> None:
        """Write down how it ended; where that fails too, opening the workspace again says that it was interrupted."""
        try:
            self.finish(*outcome(error))
        except WorkspaceError as refused:
            log.warning("run %s cannot write how it ended: %s", self.run, refused)
        except Exception:
            log.exception("run %s cannot write how it ended", self.run)

    def finish(self, status: str, note: str, resume_in: float = 0.0) -> None:
        """Write down how far it came and how it ended, at once."""
        with self.workspace.writing():
            self.note()
            end_run(self.workspace, self.run, status, note, resume_in)

    def leave(self) -> None:
        """Let others have the run."""
        at_work.pop(self.run, None)
        self.over.set()


def outcome(error: BaseException) -> tuple[str, str, float]:
    """Status, sentence and seconds until it is worth resuming."""
    if isinstance(error, Paused):
        return "paused", str(error), error.seconds
    if isinstance(error, Closed):
        return "interrupted", str(error), 0.0
    if isinstance(error, Cancelled | KeyboardInterrupt):
        return "cancelled", str(error) or "Stopped by a person; what was finished before is kept.", 0.0
    if isinstance(error, CurationError):
        return "failed", str(error), 0.0
    inside = f"Something went wrong inside Sift ({type(error).__name__}). What was there before is untouched."
    return "failed", inside, 0.0


at_work: dict[str, Worker] = {}
"""The workers of this process by their runs; no other process can have the workspace open."""
