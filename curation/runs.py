"""Background jobs. A run belongs to the process, not to the browser tab: its progress is read from the database."""

import atexit
import json
import logging
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from curation.errors import Cancelled, CurationError, NotReady
from curation.methods import Json
from curation.store import Workspace
from curation.store.runs import end_run, start_run, step_run

Step = Callable[[int, int], None]
"""Called with (done, requested) as work goes on; raises Cancelled when a person has asked to stop."""
Work = Callable[[str, Step], str]
"""What a run does, given its id and a way to tell how far it is; returns a sentence about what came of it."""

WRITE_EVERY = 0.3
"""Seconds between two notes of progress in the database."""

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Job:
    """What to run: the kind is one of import, generate, measure, embed, place, pair, export."""

    kind: str
    method: str
    options: Mapping[str, Json]
    work: Work


class _Worker:
    """One run with its thread and the flag that stops it."""

    def __init__(self, workspace: Workspace, job: Job) -> None:
        self.workspace = workspace
        self.job = job
        self.run = start_run(workspace, job.kind, job.method, json.dumps(dict(job.options), ensure_ascii=False))
        self.stop = threading.Event()
        self.thread = threading.Thread(target=self.work, name=self.run, daemon=True)
        self._written = 0.0

    def step(self, done: int, requested: int) -> None:
        if self.stop.is_set():
            raise Cancelled("Stopped by a person; what was finished before is kept.")
        if done >= requested or time.monotonic() - self._written >= WRITE_EVERY:
            self._written = time.monotonic()
            step_run(self.workspace, self.run, requested, done, 0)

    def work(self) -> None:
        status, note = "done", ""
        try:
            note = self.job.work(self.run, self.step)
        except Cancelled as error:
            status, note = "cancelled", str(error)
        except CurationError as error:
            status, note = "failed", str(error)
        except Exception as error:
            log.exception("run %s failed", self.run)
            status = "failed"
            note = f"Something went wrong inside Sift ({type(error).__name__}). What was there before is untouched."
        end_run(self.workspace, self.run, status, note)


_workers: dict[str, _Worker] = {}
_starting = threading.Lock()


def start(workspace: Workspace, job: Job) -> str:
    """Start a job in the background and give the id of its run.

    Raises:
        NotReady: a job of the same kind is at work in this workspace.
    """
    with _starting:
        if running(workspace, job.kind):
            raise NotReady(f"One {job.kind} run is at work already; wait for it or stop it first.")
        worker = _Worker(workspace, job)
        _workers[worker.run] = worker
        worker.thread.start()
    return worker.run


def run_now(workspace: Workspace, job: Job, watch: Step | None = None) -> str:
    """Do a job here and now and give the sentence about what came of it; errors are raised as they are.

    Args:
        workspace: where to work.
        job: what to do.
        watch: told (done, requested) at every step.
    """
    worker = _Worker(workspace, job)

    def step(done: int, requested: int) -> None:
        worker.step(done, requested)
        if watch:
            watch(done, requested)

    try:
        note = job.work(worker.run, step)
    except BaseException as error:
        end_run(workspace, worker.run, "failed", str(error) or type(error).__name__)
        raise
    end_run(workspace, worker.run, "done", note)
    return note


def cancel(run: str) -> None:
    """Ask a run to stop at its next step; nothing happens where it has ended."""
    worker = _workers.get(run)
    if worker:
        worker.stop.set()


def running(workspace: Workspace, kind: str = "") -> list[str]:
    """Ids of the runs at work in this workspace, of one kind or of all."""
    return [
        run
        for run, worker in list(_workers.items())
        if worker.thread.is_alive() and worker.workspace is workspace and kind in ("", worker.job.kind)
    ]


def wait(run: str, seconds: float | None = None) -> None:
    """Wait until a run has ended, at most so long."""
    worker = _workers.get(run)
    if worker:
        worker.thread.join(seconds)


@atexit.register
def _stop_all() -> None:
    for worker in _workers.values():
        worker.stop.set()
    for worker in _workers.values():
        worker.thread.join(2)
