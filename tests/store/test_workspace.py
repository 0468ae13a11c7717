import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pytest

from curation.errors import WorkspaceBusy, WorkspaceError
from curation.sample import Collected, Decision, Origin, Sample
from curation.store import open_workspace
from curation.store.decisions import add_decisions
from curation.store.samples import add_samples, count_samples

FORBIDDEN = [
    "SELECT * FROM read_csv('/etc/passwd')",
    "COPY (SELECT 1) TO '/tmp/leak.csv'",
    "ATTACH '/tmp/other.duckdb'",
    "INSTALL httpfs",
    "LOAD httpfs",
    "SET enable_external_access = true",
    "SELECT * FROM glob('/etc/*')",
    "SELECT * FROM secret_variable",
]

HOLD = """
import sys, time
from curation.store import open_workspace
open_workspace(sys.argv[1])
print("open", flush=True)
time.sleep(60)
"""

IMPORT_FOREVER = """
import sys
from curation.sample import Collected, Origin, Sample
from curation.store import open_workspace
from curation.store.samples import add_samples
workspace = open_workspace(sys.argv[1])
for run in range(10_000):
    rows = [Collected(Sample(f"{run} {i}"), Origin("x", f"file {run}", str(i))) for i in range(200)]
    add_samples(workspace, f"run {run}", rows)
    print(run, flush=True)
"""


def child(code: str, path: Path) -> "subprocess.Popen[str]":
    return subprocess.Popen([sys.executable, "-c", code, str(path)], stdout=subprocess.PIPE, text=True)


@pytest.mark.parametrize("statement", FORBIDDEN)
def test_t15_the_connection_reaches_nothing_outside(tmp_path: Path, statement: str) -> None:
    secret_variable = [1]
    workspace = open_workspace(tmp_path / "w.duckdb")
    with pytest.raises(duckdb.Error):
        workspace.execute(statement)
    add_samples(workspace, "run", [Collected(Sample("a"), Origin("x", "y", "z"))])
    workspace.execute("CHECKPOINT")
    assert count_samples(workspace) == len(secret_variable)
    workspace.close()


def test_t16_another_programs_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("CREATE TABLE mine (x INTEGER)")
    with pytest.raises(WorkspaceError, match="another program"):
        open_workspace(path)
    with duckdb.connect(str(path)) as connection:
        assert connection.execute("SELECT count(*) FROM duckdb_tables()").fetchall() == [(1,)]


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "text.duckdb"
    path.write_text("not a database, " * 1000)
    with pytest.raises(WorkspaceError, match="cannot be opened"):
        open_workspace(path)
    assert path.read_text().startswith("not a database")


def test_a_newer_workspace_is_refused(tmp_path: Path) -> None:
    workspace = open_workspace(tmp_path / "w.duckdb")
    workspace.execute("UPDATE meta SET version = 99")
    workspace.close()
    with pytest.raises(WorkspaceError, match="newer Sift"):
        open_workspace(tmp_path / "w.duckdb")


def test_f15_a_second_process_gets_one_sentence_with_the_pid(tmp_path: Path) -> None:
    path = tmp_path / "w.duckdb"
    holder = child(HOLD, path)
    try:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "open\n"
        with pytest.raises(WorkspaceBusy, match=str(holder.pid)) as caught:
            open_workspace(path)
        assert caught.value.pid == holder.pid
    finally:
        holder.kill()
        holder.wait()
        holder.stdout.close()
    opened = open_workspace(path)
    opened.close()


def test_n12_kill_during_import_keeps_whole_imports_only(tmp_path: Path) -> None:
    for turn in range(3):
        path = tmp_path / f"w{turn}.duckdb"
        worker = child(IMPORT_FOREVER, path)
        assert worker.stdout is not None
        acknowledged = 0
        while acknowledged < 4:
            acknowledged = int(worker.stdout.readline()) + 1
        time.sleep(0.003)
        os.kill(worker.pid, signal.SIGKILL)
        acknowledged = max([acknowledged, *(int(line) + 1 for line in worker.stdout if line.endswith("\n"))])
        worker.wait()
        worker.stdout.close()
        workspace = open_workspace(path)
        stored = count_samples(workspace)
        workspace.close()
        assert stored % 200 == 0
        assert acknowledged <= stored // 200 <= acknowledged + 1


def test_n11_missing_decisions_are_told_at_opening(tmp_path: Path) -> None:
    path = tmp_path / "w.duckdb"
    workspace = open_workspace(path)
    add_samples(workspace, "run", [Collected(Sample("a"), Origin("x", "y", "z"))])
    add_decisions(workspace, [0], Decision("accept", "me"))
    add_decisions(workspace, [0], Decision("reject", "me"))
    workspace.execute("DELETE FROM decisions WHERE seq = 2")
    workspace.close()
    reopened = open_workspace(path)
    assert reopened.lost_decisions == 1
    reopened.close()


def test_a_failed_write_leaves_nothing(tmp_path: Path) -> None:
    workspace = open_workspace(tmp_path / "w.duckdb")

    def fail() -> None:
        with workspace.writing() as cursor:
            cursor.execute("INSERT INTO settings VALUES ('a', 'b')")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert workspace.execute("SELECT * FROM settings WHERE key = 'a'") == []
    workspace.close()
