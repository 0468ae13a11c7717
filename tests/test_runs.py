import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from curation import runs
from curation.errors import CurationError, NotReady, Paused, WorkspaceError
from curation.runs import Job, Step
from curation.store import Workspace, open_workspace
from curation.store.plans import Plan, add_plan, has_plan
from curation.store.runs import Progress, Run, read_run, recent_runs, standing_runs, start_run, step_run


def ended(workspace: Workspace, run: str) -> Run:
    runs.wait(run, 10)
    found = read_run(workspace, run)
    assert found is not None
    return found


def test_a_run_goes_on_without_anyone_and_its_progress_is_in_the_database(tmp_path: Path) -> None:
    workspace = open_workspace(tmp_path / "w.duckdb")

    def work(_run: str, step: Step) -> str:
        step(5, 10)
        step(10, 10)
        return "Ten made."

    found = ended(workspace, runs.start(workspace, Job("generate", "x", {"seed": 1}, work)))
    assert (found.status, found.done, found.requested, found.note) == ("done", 10, 10, "Ten made.")
    assert found.options == '{"seed": 1}'
    workspace.close()


def test_f21_one_run_of_a_kind_at_a_time_and_it_can_be_stopped(tmp_path: Path) -> None:
    workspace = open_workspace(tmp_path / "w.duckdb")
    going = threading.Event()

    def work(_run: str, step: Step) -> str:
        while True:
            step(1, 2)
            going.set()

    run = runs.start(workspace, Job("embed", "x", {}, work))
    assert going.wait(10)
    assert runs.running(workspace, "embed") == [run]
    with pytest.raises(NotReady, match="at work already"):
        runs.start(workspace, Job("embed", "x", {}, work))
    runs.cancel(run)
    assert ended(workspace, run).status == "cancelled"
    assert runs.running(workspace) == []
    workspace.close()


@pytest.mark.parametrize(
    ("error", "note"),
    [(NotReady("Import first."), "Import first."), (ZeroDivisionError("secret"), "ZeroDivisionError")],
)
def test_a_failure_is_noted_with_its_reason(tmp_path: Path, error: Exception, note: str) -> None:
    workspace = open_workspace(tmp_path / "w.duckdb")

    def work(_run: str, _step: Step) -> str:
        raise error

    found = ended(workspace, runs.start(workspace, Job("measure", "x", {}, work)))
    assert found.status == "failed"
    assert note in found.note
    assert "secret" not in found.note
    workspace.close()


def test_run_now_raises_and_tells_the_watcher(tmp_path: Path) -> None:
    workspace = open_workspace(tmp_path / "w.duckdb")
    seen: list[tuple[int, int]] = []

    def fine(_run: str, step: Step) -> str:
        step(3, 3)
        return "ok"

    def broken(_run: str, _step: Step) -> str:
        raise CurationError("no")

    assert runs.run_now(workspace, Job("measure", "x", {}, fine), lambda done, of: seen.append((done, of))) == "ok"
    assert seen == [(3, 3)]
    with pytest.raises(CurationError, match="no"):
        runs.run_now(workspace, Job("measure", "x", {}, broken))
    assert [run.status for run in recent_runs(workspace)] == ["failed", "done"]
    workspace.close()


def test_a_run_of_a_process_that_is_gone_is_called_interrupted(tmp_path: Path) -> None:
    workspace = open_workspace(tmp_path / "w.duckdb")
    run = start_run(workspace, "import", "alpaca", "{}")
    workspace.close()
    reopened = open_workspace(tmp_path / "w.duckdb")
    found = read_run(reopened, run)
    assert found is not None
    assert found.status == "interrupted"
    reopened.close()


def test_unknown_runs_are_no_error(tmp_path: Path) -> None:
    workspace = open_workspace(tmp_path / "w.duckdb")
    assert read_run(workspace, "import-0") is None
    runs.cancel("import-0")
    runs.wait("import-0")
    workspace.close()


class Gate:
    """Work that goes on until it is told to end, counts how many do it at the same time, and can be waited for."""

    def __init__(self) -> None:
        self.workers = self.most = self.starts = 0
        self.counting = threading.Lock()
        self.going = threading.Event()
        self.end = threading.Event()

    def __call__(self, _run: str, step: Step) -> str:
        with self.counting:
            self.workers += 1
            self.starts += 1
            self.most = max(self.most, self.workers)
        try:
            while not self.end.is_set():
                step(self.starts, 100)
                self.going.set()
                time.sleep(0.001)
            return "Made."
        finally:
            with self.counting:
                self.workers -= 1


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    workspace = open_workspace(tmp_path / "w.duckdb")
    yield workspace
    for run in runs.running(workspace):
        runs.cancel(run)
        runs.wait(run, 10)
    workspace.close()


def job(work: runs.Work, kind: str = "generate") -> Job:
    return Job(kind, "x", {}, work)


def test_f20_nobody_needs_to_watch_a_run(ws: Workspace) -> None:
    """Whoever started it is gone; the run goes on, and what another thread reads is in the database."""
    gate = Gate()
    asker = threading.Thread(target=lambda: runs.start(ws, job(gate)))
    asker.start()
    asker.join()
    assert gate.going.wait(10)
    [run] = runs.running(ws)
    seen = read_run(ws, run)
    assert seen is not None
    assert (seen.status, seen.done, seen.requested) == ("running", 1, 100)
    gate.end.set()
    assert ended(ws, run).note == "Made."


def test_a_run_is_paused_and_resumed_under_its_id_and_stands_still_in_between(ws: Workspace) -> None:
    gate = Gate()
    run = runs.start(ws, job(gate))
    assert gate.going.wait(10)
    runs.pause(run)
    paused = ended(ws, run)
    assert (paused.status, paused.is_resumable, paused.resume_at) == ("paused", True, None)
    assert "resume it" in paused.note
    assert runs.running(ws) == []
    time.sleep(0.3)
    gate.going.clear()
    runs.resume(ws, run, job(gate))
    assert gate.going.wait(10)
    again = read_run(ws, run)
    assert again is not None
    assert (again.status, again.note, again.ended, again.started) == ("running", "", None, paused.started)
    gate.end.set()
    done = ended(ws, run)
    assert (done.status, done.done, gate.starts) == ("done", 2, 2)
    assert done.ended is not None
    stood_still = (done.ended - done.started).total_seconds() - done.seconds
    assert 0.25 < stood_still < 5
    assert done.rate == pytest.approx(done.done / done.seconds)
    with pytest.raises(NotReady, match="done"):
        runs.resume(ws, run, job(gate))


@pytest.mark.parametrize(("seconds", "is_known"), [(600.0, True), (0.0, False)])
def test_f2_a_run_that_pauses_itself_says_why_and_when_to_go_on(ws: Workspace, seconds: float, is_known: bool) -> None:
    def work(_run: str, step: Step) -> str:
        step(3, 9)
        step(4, 9)
        raise Paused("The endpoint asks to wait ten minutes.", seconds)

    found = ended(ws, runs.start(ws, job(work)))
    assert (found.status, found.note, found.done) == ("paused", "The endpoint asks to wait ten minutes.", 4)
    assert (found.resume_at is not None) == is_known
    assert found.ended is not None
    if found.resume_at:
        assert (found.resume_at - found.ended).total_seconds() == pytest.approx(seconds)


def test_f21_of_many_who_resume_at_once_one_gets_it(ws: Workspace) -> None:
    gate = Gate()
    run = runs.start(ws, job(gate))
    runs.cancel(run)
    assert ended(ws, run).status == "cancelled"
    for _ in range(5):
        gate.starts = 0
        gate.end.clear()
        together = threading.Barrier(8)
        refused: list[str] = []

        def press(together: threading.Barrier = together, refused: list[str] = refused) -> None:
            together.wait()
            try:
                runs.resume(ws, run, job(gate))
            except NotReady as error:
                refused.append(str(error))

        threads = [threading.Thread(target=press) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert runs.running(ws) == [run]
        runs.pause(run)
        runs.wait(run, 10)
        assert (len(refused), gate.starts, gate.most) == (7, 1, 1)


def test_f21_a_run_of_a_process_that_is_gone_is_taken_over_once(tmp_path: Path) -> None:
    workspace = open_workspace(tmp_path / "w.duckdb")
    run = start_run(workspace, "generate", "x", "{}")
    step_run(workspace, run, Progress(9, 4, 0, 12.5))
    workspace.close()
    workspace = open_workspace(tmp_path / "w.duckdb")
    gate = Gate()
    gate.end.set()
    runs.resume(workspace, run, job(gate))
    found = ended(workspace, run)
    assert (found.status, found.done) == ("done", 4)
    assert 12.5 <= found.seconds < 20
    with pytest.raises(NotReady):
        runs.resume(workspace, "generate-unknown", job(gate))
    workspace.close()


def test_f21_opening_the_file_again_in_this_process_gives_no_second_worker(tmp_path: Path) -> None:
    """After a fatal error of the database the workspace is another object, and the old worker may still be busy."""
    workspace = open_workspace(tmp_path / "w.duckdb")
    busy, going = threading.Event(), threading.Event()

    def work(_run: str, _step: Step) -> str:
        going.set()
        busy.wait(10)
        return "late"

    run = runs.start(workspace, job(work))
    assert going.wait(10)
    workspace.close()
    reopened = open_workspace(tmp_path / "w.duckdb")
    with pytest.raises(NotReady, match="at work already"):
        runs.resume(reopened, run, job(work))
    busy.set()
    runs.wait(run, 10)
    runs.resume(reopened, run, job(work))
    assert ended(reopened, run).note == "late"
    reopened.close()


def test_n12_a_run_whose_end_cannot_be_written_can_be_resumed(ws: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    gate = Gate()
    gate.end.set()

    def broken(*_values: object) -> None:
        raise WorkspaceError("The disk is full.")

    monkeypatch.setattr("curation.runs.worker.end_run", broken)
    run = runs.start(ws, job(gate))
    assert ended(ws, run).status == "running"
    assert runs.running(ws) == []
    monkeypatch.undo()
    runs.resume(ws, run, job(gate))
    assert ended(ws, run).status == "done"


@pytest.mark.parametrize("failing", [1, 2, 3])
def test_n12_progress_that_cannot_be_written_ends_the_run_in_a_named_state(
    ws: Workspace, monkeypatch: pytest.MonkeyPatch, failing: int
) -> None:
    calls = 0

    def sometimes(workspace: Workspace, run: str, progress: Progress) -> None:
        nonlocal calls
        calls += 1
        if calls == failing:
            raise WorkspaceError("The disk is full.")
        step_run(workspace, run, progress)

    def work(_run: str, step: Step) -> str:
        step(2, 2)
        step(2, 2)
        return "Made."

    monkeypatch.setattr("curation.runs.worker.step_run", sometimes)
    found = ended(ws, runs.start(ws, job(work)))
    assert (found.status, found.note) == ("failed", "The disk is full.")
    assert found.is_resumable


def test_f14_no_run_starts_on_a_full_disk(ws: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("curation.store.disk.RESERVE", 10**18)
    gate = Gate()
    with pytest.raises(WorkspaceError, match="nearly full"):
        runs.start(ws, job(gate))
    with pytest.raises(WorkspaceError, match="nearly full"):
        runs.run_now(ws, job(gate))
    assert recent_runs(ws) == []


def test_f19_a_run_that_does_not_come_forward_shows_that_it_lives(
    ws: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("curation.runs.worker.HEARTBEAT", 0.05)
    busy = threading.Event()

    def work(_run: str, _step: Step) -> str:
        busy.wait(10)
        return "Made."

    run = runs.start(ws, job(work))
    time.sleep(0.5)
    alive = read_run(ws, run)
    busy.set()
    assert alive is not None
    assert alive.heartbeat > alive.started
    assert 0.1 < alive.seconds < 5
    assert ended(ws, run).status == "done"


def test_f14_a_run_whose_end_could_not_be_written_is_offered_again(
    ws: Workspace, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The log has one sentence and no traceback; as soon as it can be written, the run is called interrupted."""

    def full(*_: object) -> None:
        raise WorkspaceError("The disk is full.")

    with monkeypatch.context() as patch:
        patch.setattr("curation.runs.worker.end_run", full)
        patch.setattr("curation.runs.end_run", full)
        run = runs.start(ws, job(lambda _run, _step: "Made."))
        assert ended(ws, run).is_running
        runs.settle(ws)
        assert ended(ws, run).is_running
    assert "The disk is full." in caplog.text
    assert "Traceback" not in caplog.text
    gate = Gate()
    other = runs.start(ws, job(gate, "embed"))
    runs.settle(ws)
    found = ended(ws, run)
    assert (found.status, found.is_resumable) == ("interrupted", True)
    assert "could not be written" in found.note
    assert runs.running(ws) == [other]
    runs.cancel(other)
    assert ended(ws, other).status == "cancelled"


def test_a_person_who_cancels_means_it_and_other_kinds_go_on(ws: Workspace) -> None:
    first, second = Gate(), Gate()
    run, other = runs.start(ws, job(first)), runs.start(ws, job(second, "embed"))
    runs.cancel(run)
    runs.pause(run)
    assert ended(ws, run).status == "cancelled"
    assert runs.running(ws) == [other]
    runs.pause("generate-unknown")


def test_what_is_at_work_when_the_program_ends_is_interrupted_and_the_file_is_whole(tmp_path: Path) -> None:
    code = """
import sys, threading, time
from curation import runs
from curation.store import open_workspace
going = threading.Event()
def work(run, step):
    while True:
        step(5, 9)
        going.set()
        time.sleep(0.01)
print(runs.start(open_workspace(sys.argv[1]), runs.Job("generate", "x", {}, work)))
going.wait()
"""
    command = [sys.executable, "-c", code, str(tmp_path / "w.duckdb")]
    child = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    assert child.stderr == ""
    workspace = open_workspace(tmp_path / "w.duckdb")
    found = read_run(workspace, child.stdout.strip())
    workspace.close()
    assert found is not None
    assert (found.status, found.done) == ("interrupted", 5)
    assert "was closed" in found.note


def test_a_run_that_stands_is_offered_until_it_is_given_up(ws: Workspace) -> None:
    gate = Gate()
    run, without_plan = runs.start(ws, job(gate)), runs.start(ws, job(gate, "embed"))
    add_plan(ws, run, Plan({}, []))
    assert (has_plan(ws, run), has_plan(ws, without_plan)) == (True, False)
    assert standing_runs(ws) == []
    with pytest.raises(NotReady, match="stop it instead"):
        runs.give_up(ws, run)
    for name in (run, without_plan):
        runs.pause(name)
        runs.wait(name, 10)
    assert [one.id for one in standing_runs(ws)] == [run]
    runs.give_up(ws, run)
    assert standing_runs(ws) == []
    assert ended(ws, run).status == "cancelled"
