"""Background jobs. A run belongs to the process, not to the browser tab: its progress is read from the database."""

import atexit
import json
import threading
from contextlib import suppress

from curation.errors import Cancelled, CurationError, NotReady, Paused, WorkspaceError
from curation.runs.worker import Closed, Job, Step, Work, Worker, at_work
from curation.store import Workspace
from curation.store.disk import check_space
from curation.store.people import check_run
from curation.store.runs import Progress, end_run, noted_as_running, read_run, resume_run, start_run

__all__ = [
    "Job",
    "Step",
    "Work",
    "cancel",
    "give_up",
    "pause",
    "resume",
    "run_now",
    "running",
    "settle",
    "start",
    "wait",
]

UNWRITTEN = (
    "It stopped, and how it ended could not be written, as on a full disk. What was finished before is kept; resume it "
    "to go on."
)
_starting = threading.Lock()


def start(workspace: Workspace, job: Job) -> str:
    """Start a job in the background and give the id of its run.

    Raises:
        NotAllowed: the role of the one who asks does not allow it.
        NotReady: a job of the same kind is at work in this workspace.
        WorkspaceError: the disk is nearly full.
    """
    with _starting:
        _check(workspace, job)
        return _begin(_new(workspace, job))


def resume(workspace: Workspace, run: str, job: Job) -> None:
    """Start the job of a run again, under its id; exactly one caller gets it (F21).

    Args:
        workspace: where the run is.
        run: one that is paused, interrupted, cancelled or failed.
        job: the same job as at first.

    Raises:
        NotAllowed: the role of the one who asks does not allow it.
        NotReady: the run is at work or done, or another of its kind is at work.
        WorkspaceError: the disk is nearly full.
    """
    with _starting:
        _check(workspace, job)
        if run in at_work:
            raise NotReady("This run is at work already.")
        found = read_run(workspace, run)
        if found and found.is_running:
            # No worker of this process has it and no other process can: its end could not be written.
            end_run(workspace, run, "interrupted")
        _begin(Worker(workspace, job, run, resume_run(workspace, run)))


def run_now(workspace: Workspace, job: Job, watch: Step | None = None) -> str:
    """Do a job here and now and give the sentence about what came of it; errors are raised as they are.

    `NotAllowed` is among them: a role may not do every kind of job.

    Args:
        workspace: where to work.
        job: what to do.
        watch: told (done, requested) at every step.
    """
    check_run(workspace, job.kind)
    check_space(workspace.path)
    with _starting:
        worker = _new(workspace, job)
        at_work[worker.run] = worker

    def step(done: int, requested: int) -> None:
        worker.step(done, requested)
        if watch:
            watch(done, requested)

    try:
        note = worker.do(step)
        worker.finish("done", note)
    except BaseException as error:
        worker.fail(error)
        raise
    finally:
        worker.leave()
    return note


def cancel(run: str) -> None:
    """Ask a run to stop at its next step; nothing happens where it has ended.

    Raises:
        NotAllowed: the role of the one who asks does not allow it.
    """
    _end(run, Cancelled("Stopped by a person; what was finished before is kept."))


def pause(run: str) -> None:
    """Ask a run to stand still at its next step, so that it can be resumed; nothing happens where it has ended.

    Raises:
        NotAllowed: the role of the one who asks does not allow it.
    """
    _end(run, Paused("Paused by a person; resume it to go on. What was paid for is kept."))


def give_up(workspace: Workspace, run: str) -> None:
    """Call a run that stands still cancelled, so that it is offered no more; what it made is kept.

    Raises:
        NotReady: it is at work.
        NotAllowed: the role of the one who asks does not allow it.
    """
    with _starting:
        if run in at_work:
            raise NotReady("This run is at work; stop it instead.")
        found = read_run(workspace, run)
        if found and found.is_resumable:
            check_run(workspace, found.kind)
            end_run(workspace, run, "cancelled", "Given up by a person; what was finished before is kept.")


def settle(workspace: Workspace) -> None:
    """Call interrupted what is noted as running and has no worker: its end could not be written (F14).

    Nothing happens while nothing can be written still.
    """
    with _starting, suppress(WorkspaceError):
        for run in set(noted_as_running(workspace)) - at_work.keys():
            end_run(workspace, run, "interrupted", UNWRITTEN)


def running(workspace: Workspace, kind: str = "") -> list[str]:
    """Ids of the runs at work in this workspace, of one kind or of all."""
    return [
        run
        for run, worker in list(at_work.items())
        if worker.workspace.path == workspace.path and kind in ("", worker.job.kind)
    ]


def wait(run: str, seconds: float | None = None) -> None:
    """Wait until a run has ended, at most so long."""
    worker = at_work.get(run)
    if worker:
        worker.over.wait(seconds)


def _check(workspace: Workspace, job: Job) -> None:
    check_run(workspace, job.kind)
    if running(workspace, job.kind):
        raise NotReady(f"One {job.kind} run is at work already; wait for it or stop it first.")
    check_space(workspace.path)


def _new(workspace: Workspace, job: Job) -> Worker:
    with workspace.writing():
        run = start_run(workspace, job.kind, job.method, json.dumps(dict(job.options), ensure_ascii=False))
        job.begin(run)
    return Worker(workspace, job, run, Progress())


def _begin(worker: Worker) -> str:
    at_work[worker.run] = worker
    worker.thread.start()
    # What is registered last is called first: before the workspace is closed.
    atexit.unregister(_stop_all)
    atexit.register(_stop_all)
    return worker.run


def _end(run: str, error: CurationError) -> None:
    worker = at_work.get(run)
    if worker:
        check_run(worker.workspace, worker.job.kind)
    if worker and (worker.ending is None or isinstance(error, Cancelled)):
        worker.ending = error


def _stop_all() -> None:
    workers = list(at_work.values())
    for worker in workers:
        worker.ending = Closed("Sift was closed while it was at work; what was finished before is kept.")
    for worker in workers:
        worker.over.wait(2)
