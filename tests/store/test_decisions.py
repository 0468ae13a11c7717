"""What people said is never lost or counted twice, and what holds now is the fold of the events (N6, N7, N8, N11)."""

import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from curation.errors import NotReady, WorkspaceError
from curation.facets import Facets
from curation.sample import Collected, Decision, Origin, Sample
from curation.store import Workspace, open_workspace
from curation.store.browse import count_reviewed, states_of
from curation.store.decisions import add_decisions, pace, said_of, tags_of, undo
from curation.store.history import read_steps
from curation.store.journal import read_journal
from curation.store.queues import waiting
from curation.store.samples import add_samples
from curation.store.workspace import now

SAMPLES = 6
REVIEWERS = ("ann", "bob")
ROOT = Path(__file__).resolve().parents[2]


@contextmanager
def opened(path: Path) -> Iterator[Workspace]:
    ws = open_workspace(path)
    try:
        if not states_of(ws):
            made = [Collected(Sample(f"Task {n}"), Origin("test", "here", str(n))) for n in range(SAMPLES)]
            add_samples(ws, "run", made)
        yield ws
    finally:
        ws.close()


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    with opened(tmp_path / "w.duckdb") as found:
        yield found


def state(ws: Workspace) -> tuple[list[str], list[list[str]]]:
    """Everything that decisions decide: the state of each sample, and its tags."""
    return states_of(ws), [tags_of(ws, number) for number in range(SAMPLES)]


@dataclass(frozen=True)
class Act:
    """One press: on one sample or many, or an undo (no action)."""

    reviewer: str
    action: str
    samples: tuple[int, ...] = ()
    value: str = ""


some = st.lists(st.integers(0, SAMPLES - 1), min_size=1, max_size=SAMPLES, unique=True).map(tuple)
verdicts = st.builds(Act, st.sampled_from(REVIEWERS), st.sampled_from(["accept", "reject", "skip"]), some)
marks = st.builds(Act, st.sampled_from(REVIEWERS), st.sampled_from(["tag", "untag"]), some, st.sampled_from(["a", "b"]))
undos = st.builds(Act, st.sampled_from(REVIEWERS), st.just("undo"))
acts = st.lists(st.one_of(verdicts, marks, undos), max_size=14)


def do(ws: Workspace, act: Act) -> None:
    if act.action != "undo":
        add_decisions(ws, act.samples, Decision(act.action, act.reviewer, act.value))  # type: ignore[arg-type]
        return
    with suppress(NotReady):
        undo(ws, act.reviewer)


def folded(steps: Sequence[Act]) -> tuple[list[str], list[list[str]]]:
    """The same by the plainest means: what still stands, applied one after the other."""
    states, tags = ["kept"] * SAMPLES, [set[str]() for _ in range(SAMPLES)]
    for act, number in [(one, number) for one in standing(steps) for number in one.samples]:
        if act.action in ("accept", "reject"):
            states[number] = f"{act.action}ed"
        elif act.action == "tag":
            tags[number].add(act.value)
        elif act.action == "untag":
            tags[number].discard(act.value)
    return states, [sorted(one) for one in tags]


def standing(steps: Sequence[Act]) -> list[Act]:
    """The steps in order, without those that their reviewer undid."""
    stands: list[Act] = []
    for act in steps:
        own = [at for at, one in enumerate(stands) if one.reviewer == act.reviewer]
        if act.action != "undo":
            stands.append(act)
        elif own:
            del stands[own[-1]]
    return stands


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(acts)
def test_the_state_is_the_fold_of_the_events(steps: list[Act]) -> None:
    """N7: any interleaving of two reviewers, single and bulk, with undo; also after the file was closed and opened."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "w.duckdb"
        with opened(path) as ws:
            for act in steps:
                do(ws, act)
            assert state(ws) == folded(steps)
        with opened(path) as again:
            assert state(again) == folded(steps)
            assert again.lost_decisions == 0


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(acts, st.lists(verdicts | marks, min_size=1, max_size=5))
def test_undo_of_the_last_steps_gives_back_the_state_and_deletes_nothing(before: list[Act], after: list[Act]) -> None:
    """N8: as many undos as steps, bulk ones included, and everything is as it was; every event is still there."""
    mine = [Act("ann", act.action, act.samples, act.value) for act in after]
    with tempfile.TemporaryDirectory() as folder, opened(Path(folder) / "w.duckdb") as ws:
        for act in before:
            do(ws, act)
        then = state(ws)
        for act in mine:
            do(ws, act)
        events = ws.last_decision()
        for act in reversed(mine):
            assert set(undo(ws, "ann")) == set(act.samples)
        assert state(ws) == then
        assert ws.last_decision() == events + len(mine)


def test_two_threads_lose_nothing_and_number_without_gaps(ws: Workspace) -> None:
    """N7: two reviewers at the same time; each event is there once, in one order."""

    def press(reviewer: str) -> None:
        for at in range(25):
            add_decisions(ws, [at % SAMPLES], Decision("accept", reviewer, event=f"{reviewer}{at}"))
            if at % 5 == 4:
                undo(ws, reviewer)

    threads = [threading.Thread(target=press, args=(name,)) for name in REVIEWERS]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert ws.last_decision() == 60
    assert len(read_steps(ws, limit=100)) == 60
    assert sum(step.is_undone for step in read_steps(ws, limit=100)) == 10


@pytest.mark.parametrize("samples", [[3], [0, 1, 2]])
def test_the_same_event_twice_is_one_event(ws: Workspace, samples: list[int]) -> None:
    """N6, also when the second press says something else, is about another sample, or comes after an undo."""
    first = add_decisions(ws, samples, Decision("accept", "ann", event="press"))
    assert add_decisions(ws, samples, Decision("accept", "ann", event="press")) == first
    assert add_decisions(ws, [5], Decision("reject", "ann", event="press")) == first
    assert ws.last_decision() == len(samples)
    undo(ws, "ann")
    assert add_decisions(ws, samples, Decision("accept", "ann", event="press")) == first
    assert states_of(ws) == ["kept"] * SAMPLES


def test_undo_of_one_step_twice_is_one_undo(ws: Workspace) -> None:
    step = add_decisions(ws, [1, 2], Decision("reject", "ann"))
    assert undo(ws, "ann", step) == undo(ws, "ann", step) == [1, 2]
    assert ws.last_decision() == 3
    with pytest.raises(NotReady, match="nothing to undo"):
        undo(ws, "ann")


def test_undo_takes_back_ones_own_step_only(ws: Workspace) -> None:
    add_decisions(ws, [0], Decision("accept", "ann"))
    add_decisions(ws, [0], Decision("reject", "bob"))
    undo(ws, "ann")
    assert states_of(ws)[0] == "rejected"
    assert [said.is_undone for said in said_of(ws, 0)] == [True, False]


def test_fifty_and_more_steps_can_be_undone_after_a_restart(tmp_path: Path) -> None:
    """I3."""
    with opened(tmp_path / "w.duckdb") as ws:
        for at in range(60):
            add_decisions(ws, [at % SAMPLES], Decision("accept", "ann"))
    with opened(tmp_path / "w.duckdb") as ws:
        assert [undo(ws, "ann")[0] for _ in range(60)] == [at % SAMPLES for at in reversed(range(60))]
        assert states_of(ws) == ["kept"] * SAMPLES


KILLED = """
import sys
from curation.sample import Decision
from curation.store import open_workspace
from curation.store.decisions import add_decisions, undo

ws = open_workspace(sys.argv[1])
at = int(sys.argv[2])
while True:
    samples = [at % 6] if at % 4 else [0, 1, 2]
    step = add_decisions(ws, samples, Decision("accept" if at % 3 else "reject", "ann", event=f"e{at}"))
    print(step, flush=True)
    if at % 5 == 0:
        undo(ws, "ann")
        print(f"undo:{step}", flush=True)
    at += 1
"""


def test_a_killed_process_loses_nothing_that_it_acknowledged(tmp_path: Path) -> None:
    """N6, N11: kill -9 amid decisions, several times on one file; what is there may only exceed what was said."""
    path = tmp_path / "w.duckdb"
    with opened(path):
        pass
    acknowledged: list[str] = []
    for turn, presses in enumerate((3, 17, 41)):
        command = [sys.executable, "-c", KILLED, str(path), str(1000 * turn)]
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as child:
            assert child.stdout
            acknowledged += [child.stdout.readline().strip() for _ in range(presses)]
            os.kill(child.pid, signal.SIGKILL)
            acknowledged += [line.strip() for line in child.stdout if line.endswith("\n")]
        with opened(path) as ws:
            assert ws.lost_decisions == 0
            known = {step.id for step in read_steps(ws, limit=100_000)}
            assert set(acknowledged) <= known
            # At most the one press that was under way when the process died was written but not acknowledged.
            assert len(known) - len(acknowledged) <= turn + 1
            undone = {step.id for step in read_steps(ws, limit=100_000) if step.is_undone}
            assert {name.removeprefix("undo:") for name in acknowledged if name.startswith("undo:")} <= undone


def test_decisions_that_the_file_lost_are_counted_at_opening(tmp_path: Path) -> None:
    """N11: a write-ahead log that vanished takes decisions along; the journal beside the file knows better."""
    path = tmp_path / "w.duckdb"
    with opened(path):
        pass
    command = [sys.executable, "-c", KILLED, str(path), "1"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout
        for _ in range(8):
            child.stdout.readline()
        os.kill(child.pid, signal.SIGKILL)
    promised = read_journal(path).decisions
    assert promised >= 8
    path.with_name("w.duckdb.wal").unlink()
    with opened(path) as ws:
        assert ws.lost_decisions == promised
        with pytest.raises(WorkspaceError, match=f"{promised} decisions"):
            add_decisions(ws, [0], Decision("accept", "ann"))


@pytest.mark.parametrize("journal", ["", "nonsense", None])
def test_a_journal_that_cannot_be_read_promises_nothing(tmp_path: Path, journal: str | None) -> None:
    path = tmp_path / "w.duckdb"
    with opened(path) as ws:
        add_decisions(ws, [0], Decision("accept", "ann"))
    beside = path.with_name("w.duckdb.journal")
    beside.unlink()
    if journal is not None:
        beside.write_text(journal)
    with opened(path) as ws:
        assert ws.lost_decisions == 0


def test_the_journal_names_the_last_event_after_each_kind_of_step(ws: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "w.duckdb"
    for samples in ([0], [1, 2, 3]):
        add_decisions(ws, samples, Decision("accept", "ann"))
        assert read_journal(path).decisions == ws.last_decision()
    undo(ws, "ann")
    assert read_journal(path) == (4, ws.last_decision(), SAMPLES)
    add_decisions(ws, [], Decision("accept", "ann"))
    assert ws.last_decision() == 5


def test_the_queue_and_its_progress_are_about_one_reviewer(ws: Workspace) -> None:
    """I4: done and left are what the queue says; a skip takes a sample out of one's own queue alone."""
    add_decisions(ws, [0, 1], Decision("reject", "bob"))
    add_decisions(ws, [2], Decision("skip", "bob"))
    assert waiting(ws, "open", Facets(), "ann").tolist() == [2, 3, 4, 5]
    assert waiting(ws, "open", Facets(), "bob").tolist() == [3, 4, 5]
    for reviewer in REVIEWERS:
        done, left = count_reviewed(ws, Facets(), reviewer)
        assert left == len(waiting(ws, "open", Facets(), reviewer))
        assert done + left == SAMPLES
        assert (done, left) == count_reviewed(ws, Facets(text="task"), reviewer)
    assert waiting(ws, "open", Facets(text="task"), "ann").tolist() == [2, 3, 4, 5]


def test_pace_leaves_out_pauses_bulk_and_what_was_undone(ws: Workspace) -> None:
    for number in range(4):
        add_decisions(ws, [number], Decision("accept", "ann"))
    add_decisions(ws, [0, 1, 2], Decision("reject", "ann"))
    add_decisions(ws, [5], Decision("accept", "ann"))
    undo(ws, "ann")
    # Ten seconds between two decisions, and one hour before the last one.
    start = now() - timedelta(hours=3)
    for seq, seconds in enumerate((0, 10, 20, 3620), 1):
        ws.execute("UPDATE decisions SET made = ? WHERE seq = ?", start + timedelta(seconds=seconds), seq)
    assert pace(ws, "ann", start) == (4, 360.0)
    assert pace(ws, "ann", now()) == (0, 0.0)
    assert pace(ws, "bob", start) == (0, 0.0)
