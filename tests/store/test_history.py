"""Decisions are a fold of events: whatever happens in whatever order, the store holds what an oracle says (N7, N8)."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curation.errors import NotReady
from curation.facets import Facets
from curation.sample import Action, Collected, Decision, Origin, Sample
from curation.store import Workspace, open_workspace
from curation.store.browse import states_of
from curation.store.decisions import add_decisions, tags_of, undo
from curation.store.history import Past, list_reviewers, read_steps, repeat, said_since
from curation.store.queues import waiting
from curation.store.samples import add_samples
from curation.store.standing import marks_of

SAMPLES = 5
PEOPLE = ("ann", "ben")
ACTS: tuple[Action, ...] = ("accept", "reject", "skip", "tag", "untag", "flag", "unflag", "reopen")


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    opened = _opened(tmp_path / "w.duckdb")
    yield opened
    opened.close()


def _opened(path: Path) -> Workspace:
    opened = open_workspace(path)
    add_samples(opened, "run", [Collected(Sample(f"Task {n}."), Origin("t", "h", str(n))) for n in range(SAMPLES)])
    return opened


@dataclass
class Oracle:
    """The same in plain lists: steps in order, and which of them were taken back."""

    steps: dict[str, tuple[Action, str, tuple[int, ...]]] = field(default_factory=dict)
    undone: set[str] = field(default_factory=set)

    def live(self) -> list[tuple[Action, str, int]]:
        """What stands, in the order in which it was said."""
        return [
            (action, who, sample)
            for step, (action, who, samples) in self.steps.items()
            if step not in self.undone
            for sample in samples
        ]

    def state(self) -> tuple[list[str], list[list[str]], list[bool], list[list[int]]]:
        """States, tags, flags, and the queue of each person."""
        verdict, tag, flag, settled = {}, {}, {}, {}
        for action, _, sample in self.live():
            if action in ("accept", "reject"):
                verdict[sample], settled[sample] = f"{action}ed", True
            elif action == "reopen":
                settled[sample] = False
            elif action in ("tag", "untag"):
                tag[sample] = action == "tag"
            elif action in ("flag", "unflag"):
                flag[sample] = action == "flag"
        skipped = {(who, sample) for action, who, sample in self.live() if action == "skip"}
        return (
            [verdict.get(n, "kept") for n in range(SAMPLES)],
            [["t"] if tag.get(n) else [] for n in range(SAMPLES)],
            [flag.get(n, False) for n in range(SAMPLES)],
            [[n for n in range(SAMPLES) if not settled.get(n) and (who, n) not in skipped] for who in PEOPLE],
        )


def held(ws: Workspace) -> tuple[list[str], list[list[str]], list[bool], list[list[int]]]:
    return (
        states_of(ws),
        [tags_of(ws, n) for n in range(SAMPLES)],
        [marks_of(ws, n, "ann").is_flagged for n in range(SAMPLES)],
        [waiting(ws, "open", Facets(), who).tolist() for who in PEOPLE],
    )


said = st.tuples(st.sampled_from(ACTS), st.sampled_from(PEOPLE), st.sets(st.integers(0, SAMPLES - 1), min_size=1))
moves = st.lists(st.one_of(said, st.tuples(st.sampled_from(["undo", "again"]), st.integers(0, 30))), max_size=15)


@settings(max_examples=8, deadline=None)
@given(moves=moves)
def test_n7_the_state_is_the_fold_of_the_events_with_reverts_of_any_step(moves: list[tuple[object, ...]]):
    with TemporaryDirectory() as folder:
        ws, oracle = _opened(Path(folder) / "w.duckdb"), Oracle()
        try:
            for place, move in enumerate(moves):
                _play(ws, oracle, place, move)
            assert held(ws) == oracle.state()
        finally:
            ws.close()


def _play(ws: Workspace, oracle: Oracle, place: int, move: tuple[object, ...]) -> None:
    event = f"event {place}"
    if len(move) == 3:
        action, who, samples = cast(tuple[Action, str, set[int]], move)
        value = "t" if action in ("tag", "untag") else ""
        add_decisions(ws, sorted(samples), Decision(action, who, value, event))
        oracle.steps[event] = (action, who, tuple(sorted(samples)))
    elif oracle.steps:
        step = list(oracle.steps)[cast(int, move[1]) % len(oracle.steps)]
        if move[0] == "undo":
            undo(ws, "ann", step)
            oracle.undone.add(step)
        else:
            repeat(ws, step, "ben", event)
            action, _, samples_of = oracle.steps[step]
            oracle.steps[event] = (action, "ben", samples_of)


def test_n8_sixty_bulk_steps_are_taken_back_one_by_one_also_after_a_restart(tmp_path: Path):
    path = tmp_path / "w.duckdb"
    ws = _opened(path)
    seen: list[object] = []
    for n in range(60):
        seen.append(held(ws) if n % 10 == 0 else None)
        action = ACTS[n % len(ACTS)]
        value = "t" if action in ("tag", "untag") else ""
        add_decisions(ws, [n % SAMPLES, (n + 2) % SAMPLES], Decision(action, "ann", value, f"e{n}"))
    ws.close()
    ws = open_workspace(path)
    try:
        for before in reversed(seen):
            undo(ws, "ann")
            assert before is None or held(ws) == before
        with pytest.raises(NotReady):
            undo(ws, "ann")
    finally:
        ws.close()


def test_i22_the_history_says_who_did_what_to_how_many_and_can_be_narrowed_down(ws: Workspace):
    add_decisions(ws, [0, 1, 2], Decision("reject", "ann", "too short", "a"))
    add_decisions(ws, [1], Decision("accept", "ben", "", "b"))
    undo(ws, "ben", "a")
    told = [(s.reviewer, s.action, s.value, s.samples, s.is_undone, s.stands) for s in read_steps(ws)]
    assert told == [
        ("ben", "undo", "reject", 3, False, False),
        ("ben", "accept", "", 1, False, True),
        ("ann", "reject", "too short", 3, True, False),
    ]
    assert [s.id for s in read_steps(ws, Past(reviewers=("ann",)))] == ["a"]
    assert [s.id for s in read_steps(ws, Past(actions=("accept", "tag")))] == ["b"]
    assert [s.id for s in read_steps(ws, Past(standing=True))] == ["b"]
    assert [s.id for s in read_steps(ws, limit=1, skip=1)] == ["b"]
    made = read_steps(ws)[0].made
    assert read_steps(ws, Past(since=made, until=made)) == []
    assert list_reviewers(ws) == ["ann", "ben"]


def test_i22_before_a_step_is_taken_back_what_was_said_since_is_listed(ws: Workspace):
    add_decisions(ws, [0, 1, 2, 3], Decision("reject", "ann", "", "a"))
    add_decisions(ws, [1], Decision("accept", "ben", "fine", "b"))
    add_decisions(ws, [2], Decision("accept", "ben", "", "c"))
    add_decisions(ws, [3], Decision("tag", "ben", "x", "d"))
    undo(ws, "ben", "c")
    assert [(one.sample, one.reviewer, one.action, one.value) for one in said_since(ws, "a")] == [
        (1, "ben", "accept", "fine")
    ]
    undo(ws, "ann", "a")
    assert states_of(ws) == ["kept", "accepted", "kept", "kept", "kept"]


def test_a_step_that_was_taken_back_can_be_done_again_once(ws: Workspace):
    add_decisions(ws, [0, 1], Decision("reject", "ann", "why", "a"))
    undo(ws, "ann", "a")
    assert repeat(ws, "a", "ben", "again") == 2
    assert repeat(ws, "a", "ben", "again") == 0
    assert states_of(ws)[:2] == ["rejected", "rejected"]
    first = read_steps(ws)[0]
    assert (first.reviewer, first.action, first.value, first.samples) == ("ben", "reject", "why", 2)
    with pytest.raises(NotReady):
        repeat(ws, "nowhere", "ben", "z")
