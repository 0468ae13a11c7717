"""A workspace that was damaged outside of Sift says so, loses nothing more, and goes on only when a person says so."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pytest

from curation.errors import WorkspaceError
from curation.sample import Collected, Decision, Origin, Sample
from curation.store import Workspace, open_workspace
from curation.store.decisions import add_decisions
from curation.store.journal import Tally, journal_of, read_journal, write_journal
from curation.store.samples import add_samples, count_samples
from curation.store.settings import read_setting, write_setting

ROOT = Path(__file__).resolve().parents[2]

DIES = """
import os, sys
from curation.sample import Collected, Decision, Origin, Sample
from curation.store import open_workspace
from curation.store.decisions import add_decisions
from curation.store.samples import add_samples
from curation.store.settings import write_setting
ws = open_workspace(sys.argv[1])
add_samples(ws, "run", [Collected(Sample(f"Task {n}"), Origin("test", "here", str(n))) for n in range(6)])
for n in range(5):
    add_decisions(ws, [n], Decision("accept", "ann"))
write_setting(ws, "reviewer", "ann")
add_samples(ws, "run", [Collected(Sample("Another"), Origin("test", "there", "1"))])
os._exit(0)
"""
ALL = Tally(changes=8, decisions=5, samples=7)


@pytest.fixture(scope="module")
def left(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a process that died leaves: everything in the write-ahead log."""
    path = tmp_path_factory.mktemp("left") / "w.duckdb"
    subprocess.run([sys.executable, "-c", DIES, str(path)], cwd=ROOT, check=True)
    assert read_journal(path) == ALL
    return path


def copied(left: Path, folder: Path, log: bytes | None = None) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(left.parent, folder)
    path = folder / left.name
    if log is not None:
        path.with_name("w.duckdb.wal").write_bytes(log)
    return path


@contextmanager
def opened(path: Path) -> Iterator[Workspace]:
    ws = open_workspace(path)
    try:
        yield ws
    finally:
        ws.close()


def damaged(log: bytes) -> Iterator[bytes]:
    """Bits flipped and ends cut off all over the log, from its first byte to its last."""
    for at in [*range(8), *range(8, len(log), 331), len(log) - 1]:
        yield log[:at] + bytes([log[at] ^ 0xFF]) + log[at + 1 :]
    for at in [*range(0, len(log), 397), len(log) - 1]:
        yield log[:at]
    yield log[:1000] + bytes(500) + log[1500:]


def test_a_log_that_is_whole_loses_nothing(left: Path, tmp_path: Path) -> None:
    with opened(copied(left, tmp_path / "w")) as ws:
        assert (ws.loss, ws.last_decision(), count_samples(ws)) == (None, 5, 7)
        assert read_setting(ws, "reviewer") == "ann"


def test_n11_f16_no_damage_to_the_log_stays_silent(left: Path, tmp_path: Path) -> None:
    """Each opening gives all, or says exactly how many decisions and samples are missing and keeps what was found."""
    silent = told = 0
    for log in damaged(left.with_name("w.duckdb.wal").read_bytes()):
        path = copied(left, tmp_path / "w", log)
        with opened(path) as ws:
            held = Tally(0, ws.last_decision(), count_samples(ws))
            if ws.loss is None:
                assert held[1:] == ALL[1:]
                assert read_setting(ws, "reviewer") == "ann"
                silent += 1
                continue
            told += 1
            assert ws.loss.missing.changes > 0
            assert ws.loss.missing[1:] == (ALL.decisions - held.decisions, ALL.samples - held.samples)
            if log:
                assert ws.loss.found is not None
                assert (ws.loss.found / "w.duckdb.wal").read_bytes() == log
                assert read_journal(ws.loss.found / "w.duckdb") == ALL
                assert sorted(one.name for one in ws.loss.found.iterdir()) == [
                    "w.duckdb", "w.duckdb.journal", "w.duckdb.wal",
                ]  # fmt: skip
    assert told > 30
    assert silent < 3


def test_f17_a_log_that_cannot_be_replayed_is_no_crash_loop(left: Path, tmp_path: Path) -> None:
    """It is told at every opening until a person accepts it; only then anything is written; then it is over."""
    log = left.with_name("w.duckdb.wal").read_bytes()
    path = copied(left, tmp_path / "w", log[:300] + b"\xff" * 8 + log[308:])
    for _ in range(2):
        with opened(path) as ws:
            assert ws.loss is not None
            assert ws.loss.found is not None
            assert ws.loss.sentence.startswith("5 decisions and 7 samples (8 changes in all) that Sift had confirmed")
            with pytest.raises(WorkspaceError, match="to choose how to go on"):
                write_setting(ws, "a", "b")
            assert read_journal(path) == ALL
    with opened(path) as ws:
        ws.accept_loss("ann")
        assert (ws.loss, ws.lost_decisions) == (None, 0)
        add_samples(ws, "run", [Collected(Sample("New"), Origin("test", "new", "1"))])
        add_decisions(ws, [0], Decision("accept", "ann"))
        ws.accept_loss("ann")
    with opened(path) as ws:
        assert ws.loss is None
        assert "ann: 5 decisions and 7 samples" in read_setting(ws, "loss accepted")
        assert read_journal(path) == Tally(3, 1, 1)
    assert len(list(path.parent.glob("w.duckdb.damaged-*"))) == 1


def test_what_comes_before_the_damage_is_kept(left: Path, tmp_path: Path) -> None:
    log = left.with_name("w.duckdb.wal").read_bytes()
    for at, least in ((len(log) - 20, 7), (len(log) // 2, 1)):
        path = copied(left, tmp_path / "w", log[:at] + b"\xff" * 8 + log[at + 8 :])
        with opened(path) as ws:
            assert ws.loss is not None
            kept = ALL.changes - ws.loss.missing.changes
            assert kept >= least
            assert count_samples(ws) >= 6
            assert ws.last_decision() == min(5, kept - 1)


def test_a_later_loss_does_not_name_an_earlier_folder(left: Path, tmp_path: Path) -> None:
    path = copied(left, tmp_path / "w", b"\xff" * 300)
    with opened(path) as ws:
        ws.accept_loss("ann")
    write_journal(path, Tally(9, 9, 9))
    with opened(path) as ws:
        assert ws.loss is not None
        assert ws.loss.found is None


def test_a_damaged_log_is_told_without_a_journal_too(left: Path, tmp_path: Path) -> None:
    log = left.with_name("w.duckdb.wal").read_bytes()
    path = copied(left, tmp_path / "w", log[:300] + b"\xff" * 8 + log[308:])
    journal_of(path).unlink()
    for _ in range(2):
        with opened(path) as ws:
            assert ws.loss is not None
            assert ws.loss.sentence.startswith("At least 1 change that Sift had confirmed")


def test_a_restored_copy_says_what_it_is_behind(left: Path, tmp_path: Path) -> None:
    """An older copy of the file put in place: the journal beside it knows of more."""
    path = copied(left, tmp_path / "w")
    with opened(path):
        pass
    older = path.read_bytes()
    with opened(path) as ws:
        add_decisions(ws, [5, 6], Decision("reject", "ann"))
    path.write_bytes(older)
    with opened(path) as ws:
        assert ws.loss is not None
        assert ws.loss.missing == Tally(1, 2, 0)
        assert ws.loss.found is None


def test_f17_without_room_to_keep_what_was_found_nothing_is_changed(
    left: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = left.with_name("w.duckdb.wal").read_bytes()
    path = copied(left, tmp_path / "w", b"\xff" * 300)
    before = {file.name: file.read_bytes() for file in path.parent.iterdir()}

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(shutil, "copy2", full)
        with pytest.raises(WorkspaceError, match=r"No space left.*Nothing was changed"):
            open_workspace(path)
    assert {file.name: file.read_bytes() for file in path.parent.iterdir()} == before
    assert log != before["w.duckdb.wal"]


@pytest.mark.parametrize("broken", [True, False])
def test_t16_another_programs_database_with_a_log_is_left_alone(tmp_path: Path, broken: bool) -> None:
    path = tmp_path / "other.duckdb"
    code = (
        "import duckdb, os, sys; c = duckdb.connect(sys.argv[1]); c.execute('CREATE TABLE mine (x INTEGER)');"
        "c.execute('CHECKPOINT'); c.execute('INSERT INTO mine VALUES (1)'); os._exit(0)"
    )
    subprocess.run([sys.executable, "-c", code, str(path)], check=True)
    log = path.with_name("other.duckdb.wal")
    assert log.stat().st_size > 50
    if broken:
        log.write_bytes(log.read_bytes()[:40] + b"\xff" * 100)
    before = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
    with pytest.raises(WorkspaceError, match="another program"):
        open_workspace(path)
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == before


def test_a_journal_of_one_number_is_about_decisions(tmp_path: Path) -> None:
    """As Sift wrote it at first."""
    path = tmp_path / "w.duckdb"
    with opened(path):
        pass
    journal_of(path).write_text("00000000000000000003\n")
    with opened(path) as ws:
        assert ws.lost_decisions == 3
        assert ws.loss is not None
        assert ws.loss.sentence.startswith("3 decisions that Sift had confirmed")


def test_a_file_whose_main_part_is_damaged_is_refused_in_words(left: Path, tmp_path: Path) -> None:
    path = copied(left, tmp_path / "w")
    path.write_bytes(b"\xff" * path.stat().st_size)
    with pytest.raises(WorkspaceError, match="cannot be opened"):
        open_workspace(path)
    assert not list(path.parent.glob("*.damaged-*"))


def test_a_transaction_inside_another_is_part_of_it(tmp_path: Path) -> None:
    with opened(tmp_path / "w.duckdb") as ws:

        def fail() -> None:
            with ws.writing():
                write_setting(ws, "a", "b")
                assert read_setting(ws, "a") == "b"
                raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            fail()
        assert read_setting(ws, "a") == ""
        with ws.writing():
            write_setting(ws, "a", "b")
            write_setting(ws, "c", "d")
        assert (read_setting(ws, "a"), read_setting(ws, "c")) == ("b", "d")
        assert read_journal(ws.path).changes == 1


def test_the_count_of_changes_is_the_journals(tmp_path: Path) -> None:
    path = tmp_path / "w.duckdb"
    for turn in range(3):
        with opened(path) as ws:
            write_setting(ws, "turn", str(turn))
            assert read_journal(path).changes == turn + 1
    assert journal_of(path).stat().st_size == 63
    with duckdb.connect(str(path)) as connection:
        assert connection.execute("SELECT value FROM settings WHERE key = 'changes'").fetchall() == [("3",)]
