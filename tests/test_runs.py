import threading
from pathlib import Path

import pytest

from curation import runs
from curation.errors import CurationError, NotReady
from curation.runs import Job, Step
from curation.store import Workspace, open_workspace
from curation.store.runs import Run, read_run, recent_runs, start_run


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
