"""Writes that fail: a full disk at any moment, and the n-th write of an import, a decision and an undo (F14, N12)."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import duckdb
import pytest

from curation.errors import WorkspaceError
from curation.importers import LAYOUTS
from curation.sample import Collected, Decision, Origin, Sample
from curation.stages.importing import Source, import_file
from curation.store import Workspace, open_workspace
from curation.store import workspace as module
from curation.store.browse import states_of
from curation.store.decisions import add_decisions, undo
from curation.store.disk import RESERVE, check_space
from curation.store.history import read_steps
from curation.store.journal import Tally, read_journal
from curation.store.samples import add_samples, count_occurrences, count_samples

ROOT = Path(__file__).resolve().parents[2]

# Whatever file grows past the limit is refused, as on a full disk; then there is room again.
FILLS = """
import random, resource, sys
from curation.errors import WorkspaceError
from curation.sample import Collected, Decision, Origin, Sample
from curation.store import open_workspace
from curation.store.decisions import add_decisions
from curation.store.samples import add_samples, count_occurrences, count_samples
from curation.store.settings import write_setting

def batch(n):
    texts = [Sample(f"{n} {i}", output=random.randbytes(8000).hex()) for i in range(30)]
    return [Collected(text, Origin("t", "s", text.instruction)) for text in texts]

ws = open_workspace(sys.argv[1])
free = resource.getrlimit(resource.RLIMIT_FSIZE)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), free[1]))
said = []
for n in range(200):
    try:
        add_samples(ws, "run", batch(n))
        add_decisions(ws, [n], Decision("accept", "ann", event=f"press {n}"))
    except WorkspaceError as error:
        said.append(str(error))
        break
more = batch(n)
for attempt in (lambda: count_samples(ws), lambda: write_setting(ws, "a", "b"), lambda: add_samples(ws, "run", more)):
    try:
        attempt()
    except WorkspaceError as error:
        said.append(str(error))
resource.setrlimit(resource.RLIMIT_FSIZE, free)
again = open_workspace(sys.argv[1])
held = count_samples(again), again.last_decision()
add_decisions(again, [0], Decision("accept", "ann", event="press 0"))
retried = 30 * n if count_samples(again) == 30 * n else 30 * (n + 1)
print(n, *held, again.loss, again is ws, count_occurrences(again) == held[0] == retried, len(said), said[0], sep="\\n")
"""


@pytest.mark.skipif(sys.platform == "win32", reason="the limit on the size of a file is known on Unix alone")
@pytest.mark.parametrize(("limit", "gives_up"), [(3_000_000, False), (17_000_000, True)])
def test_f14_a_full_disk_is_one_sentence_and_loses_nothing(tmp_path: Path, limit: int, gives_up: bool) -> None:
    """The smaller limit stops a write to the log; the larger one a checkpoint, at which DuckDB gives up altogether."""
    path = tmp_path / "w.duckdb"
    command = [sys.executable, "-c", FILLS, str(path), str(limit)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    acknowledged, samples, decisions, loss, same, single, said, sentence = done.stdout.splitlines()
    assert int(samples) in (30 * int(acknowledged), 30 * int(acknowledged) + 30)
    assert int(decisions) in (int(acknowledged), int(acknowledged) + 1)
    assert (loss, single) == ("None", "True")
    assert int(said) > 1
    assert "Make sure that the disk is not full" in sentence
    assert "What was confirmed before is kept" in sentence
    assert ("start Sift again" in sentence) is gives_up
    assert same == str(not gives_up)
    assert done.stderr == ""
    ws = open_workspace(path)
    assert ws.loss is None
    assert (count_samples(ws), ws.last_decision()) == (int(samples), int(decisions))
    ws.close()


def test_f14_space_is_checked_before_a_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    check_space(tmp_path / "w.duckdb")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(10**9, 10**9, RESERVE - 1))
    with pytest.raises(WorkspaceError, match="nearly full: 50 MB are free"):
        check_space(tmp_path / "w.duckdb")


def test_f14_a_full_disk_is_named_as_the_cause(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ws = open_workspace(tmp_path / "w.duckdb")
    held = Failing(ws._connection, 1, duckdb.IOException, after=False)
    monkeypatch.setattr(ws, "_connection", held)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(10**9, 10**9, 0))
    with pytest.raises(WorkspaceError, match="The disk is full, "):
        count_samples(ws)
    ws.close()


class Failing:
    """A connection of which the n-th statement, begin or commit fails: before it is done, or when it is done."""

    def __init__(
        self,
        inner: duckdb.DuckDBPyConnection,
        n: int,
        error: type[duckdb.Error],
        after: bool,
        left: list[int] | None = None,
    ) -> None:
        self._inner, self._error, self._after = inner, error, after
        self.left = [n] if left is None else left

    def cursor(self) -> "Failing":
        return Failing(self._inner.cursor(), 0, self._error, self._after, self.left)

    def __enter__(self) -> "Failing":
        return self

    def __exit__(self, *_: object) -> None:
        self._inner.close()

    def __getattr__(self, name: str) -> object:
        call = getattr(self._inner, name)
        return self._failing(call) if name in ("execute", "begin", "commit") else call

    def _failing(self, call: Callable[..., object]) -> Callable[..., object]:
        def attempt(*arguments: object) -> object:
            self.left[0] -= 1
            now = self.left[0] == 0
            if now and not self._after:
                raise self._error("No space left on device")
            result = call(*arguments)
            if now:
                raise self._error("No space left on device")
            return result

        return attempt


@pytest.fixture
def rows(tmp_path: Path) -> Source:
    path = tmp_path / "rows.jsonl"
    lines = [json.dumps({"instruction": f"Task {n % 5}", "input": "", "output": f"{n}"}) for n in range(9)]
    path.write_text("\n".join([*lines, lines[0], "nonsense"]), "utf-8")
    return Source(str(path), LAYOUTS["alpaca"](), "rows")


def opened(path: Path) -> Workspace:
    ws = open_workspace(path)
    if not count_samples(ws):
        add_samples(ws, "first", [Collected(Sample(f"Old {n}"), Origin("test", "here", str(n))) for n in range(4)])
        add_decisions(ws, [0, 1], Decision("accept", "ann", event="old"))
    return ws


def failures(folder: Path, work: Callable[[Workspace], object]) -> Iterator[Workspace]:
    """For n = 1, 2, 3 …: do work of which the n-th write fails, and give the workspace as the next start finds it."""
    opened(folder / "base" / "w.duckdb").close()
    for error, after in ((duckdb.IOException, False), (duckdb.FatalException, False), (duckdb.FatalException, True)):
        for n in count(1):
            path = folder / f"{error.__name__} {after} {n}" / "w.duckdb"
            shutil.copytree(folder / "base", path.parent)
            ws = opened(path)
            ws._connection = Failing(ws._connection, n, error, after)  # type: ignore[assignment]
            try:
                work(ws)
            except WorkspaceError:
                ws.close()
            else:
                ws.close()
                break
            again = opened(path)
            assert again is not ws
            assert again.loss is None
            assert all(promised <= held for promised, held in zip(read_journal(path), again._held, strict=True))
            yield again
            again.close()
        assert n > 4


def test_n12_the_nth_write_of_an_import_fails(tmp_path: Path, rows: Source) -> None:
    """All of it is there or nothing, the old is untouched, and doing it again doubles nothing."""

    def work(ws: Workspace) -> None:
        import_file(ws, "run", rows, lambda _done, _requested: None)

    seen = set()
    for ws in failures(tmp_path, work):
        found = count_samples(ws), count_occurrences(ws)
        seen.add(found)
        assert found in ((4, 4), (13, 14))
        assert states_of(ws)[:4] == ["accepted", "accepted", "kept", "kept"]
        work(ws)
        assert (count_samples(ws), count_occurrences(ws)) == (13, 14)
    assert seen == {(4, 4), (13, 14)}


def test_n12_the_nth_write_of_a_decision_fails(tmp_path: Path) -> None:
    """N6, N7: the step is there whole or not at all, and the same press again is one event."""

    def work(ws: Workspace) -> None:
        add_decisions(ws, [1, 2, 3], Decision("reject", "ann", event="press"))

    seen = set()
    for ws in failures(tmp_path, work):
        seen.add(ws.last_decision())
        assert states_of(ws) in (
            ["accepted", "accepted", "kept", "kept"],
            ["accepted", "rejected", "rejected", "rejected"],
        )
        work(ws)
        assert ws.last_decision() == 5
        assert states_of(ws) == ["accepted", "rejected", "rejected", "rejected"]
    assert seen == {2, 5}


def test_n12_the_nth_write_of_an_undo_fails(tmp_path: Path) -> None:
    """N8."""
    seen = set()
    for ws in failures(tmp_path, lambda ws: undo(ws, "ann", "old")):
        seen.add(ws.last_decision())
        assert undo(ws, "ann", "old") == [0, 1]
        assert states_of(ws) == ["kept"] * 4
        assert [step.is_undone for step in read_steps(ws)] == [False, True]
        assert ws.last_decision() == 3
    assert seen == {2, 3}


def test_n12_a_journal_that_cannot_be_written_loses_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The decision is on disk already; the reader is told, and the same press again is one event."""
    ws = opened(tmp_path / "w.duckdb")
    press = Decision("reject", "ann", event="press")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(module, "write_journal", full)
        with pytest.raises(WorkspaceError, match="No space left"):
            add_decisions(ws, [2], press)
    assert add_decisions(ws, [2], press) == "press"
    assert ws.last_decision() == 3
    assert read_journal(ws.path) == Tally(4, 3, 4)
    ws.close()
