"""N12 and F14: the n-th request or the n-th statement of a generation fails; everything holds and it can be resumed."""

from pathlib import Path

import duckdb
import pytest

from curation import runs
from curation.errors import WorkspaceError
from curation.model import buying
from curation.model.wire import Got, Wire
from curation.practice import Faults, Log, Serving, serve
from curation.stages.synthesis import resume_synthesis, synthesis_job
from curation.store import Workspace, open_workspace
from curation.store.runs import read_run, recent_runs
from tests.faults.account import account, check_again, check_booked, check_counts, check_wire, generated
from tests.faults.child import order
from tests.faults.peers import prepared
from tests.store.test_disk import Failing

MANY = 100_000
JOB = order(0, 50, 4)


@pytest.fixture
def server(tmp_path: Path):
    with serve(log=Log(tmp_path / "wire.jsonl")) as serving:
        prepared(tmp_path / "w.duckdb", serving.base_url, timeout=5.0)
        yield serving


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is tried again is tried again at once."""
    monkeypatch.setattr(buying, "backoff", lambda _times: 0.01)


def begun(workspace: Workspace) -> str:
    """The id of a generation that was begun and has ended, however it did; "" where it could not be noted."""
    try:
        run = runs.start(workspace, synthesis_job(workspace, JOB))
    except WorkspaceError:
        return ""
    runs.wait(run, 30)
    assert not runs.running(workspace)
    return run


def resumed(workspace: Workspace) -> str:
    """Go on with what stands still, or begin where nothing could be noted, until it is done."""
    runs.settle(workspace)
    found = [run for run in recent_runs(workspace) if run.kind == "generate" and run.status != "done"]
    for run in found:
        assert run.is_resumable, run
        assert run.note or run.status == "interrupted"
        resume_synthesis(workspace, run.id)
        runs.wait(run.id, 30)
    run = found[0].id if found else (generated(workspace) or [None])[0]
    return begun(workspace) if run is None else run if isinstance(run, str) else run.id


def check(workspace: Workspace, server: Serving, log: Path) -> None:
    found = account(workspace, log)
    check_wire(found)
    check_booked(workspace, log)
    check_counts(workspace)
    assert [run.status for run in generated(workspace)] == ["done"]
    sent = server.log.count
    assert check_again(workspace, generated(workspace)[0].id) >= 4
    assert server.log.count == sent


@pytest.mark.parametrize("n", [1, 2, 3, 8])
@pytest.mark.parametrize("fault", ["reset", "server", "auth"])
def test_n12_the_nth_request_fails(server: Serving, tmp_path: Path, fault: str, n: int) -> None:
    """What can be asked once more is asked once more; what cannot pauses the run, which goes on when it is resumed."""
    path = tmp_path / "w.duckdb"
    server.faults = Faults(first=("",) * (n - 1) + (fault,))
    workspace = open_workspace(path)
    run = begun(workspace)
    assert read_run(workspace, run).status == ("paused" if fault == "auth" and server.log.count >= n else "done")
    resumed(workspace)
    check(workspace, server, tmp_path / "wire.jsonl")
    workspace.close()


@pytest.mark.parametrize("n", [1, 4, 7])
def test_n12_the_nth_request_ends_in_a_bug(server: Serving, tmp_path: Path, n: int, monkeypatch, caplog) -> None:
    """An error that nobody foresaw is a sentence for the reader and a traceback in the log; nothing is lost by it."""
    complete, left = Wire.complete, [n]

    async def failing(wire: Wire, body: dict) -> Got:
        left[0] -= 1
        got = await complete(wire, body)
        if left[0] == 0:
            raise RuntimeError("a bug")
        return got

    workspace = open_workspace(tmp_path / "w.duckdb")
    with monkeypatch.context() as patch:
        patch.setattr(Wire, "complete", failing)
        run = begun(workspace)
    assert read_run(workspace, run).status == "failed"
    assert "RuntimeError" in read_run(workspace, run).note
    assert "a bug" in caplog.text
    resumed(workspace)
    check(workspace, server, tmp_path / "wire.jsonl")
    workspace.close()


def statements(folder: Path, server: Serving) -> int:
    """How many statements a whole generation takes."""
    path = folder / "counted" / "w.duckdb"
    prepared(path, server.base_url)
    workspace = open_workspace(path)
    failing = Failing(workspace._connection, MANY, duckdb.IOException, after=False)
    workspace._connection = failing  # type: ignore[assignment]
    assert read_run(workspace, begun(workspace)).status == "done"
    workspace.close()
    return MANY - failing.left[0]


@pytest.mark.parametrize(
    ("error", "after"),
    [(duckdb.IOException, False), (duckdb.FatalException, False), (duckdb.FatalException, True)],
)
def test_n12_f14_the_nth_statement_fails(
    server: Serving, tmp_path: Path, error: type[duckdb.Error], after: bool, caplog
) -> None:
    """Before or after it took effect, in whichever thread: one sentence, no traceback, and the run can be resumed."""
    many = statements(tmp_path, server)
    server.log.close()
    for n in [*range(1, 6), *range(6, many, many // 5)]:
        folder = tmp_path / f"{n}"
        with serve(log=Log(tmp_path / f"{n}.jsonl")) as one:
            prepared(folder / "w.duckdb", one.base_url)
            workspace = open_workspace(folder / "w.duckdb")
            workspace._connection = Failing(workspace._connection, n, error, after)  # type: ignore[assignment]
            begun(workspace)
            workspace.close()
            again = open_workspace(folder / "w.duckdb")
            assert again.loss is None
            resumed(again)
            check(again, one, tmp_path / f"{n}.jsonl")
            again.close()
    assert "Traceback" not in caplog.text
