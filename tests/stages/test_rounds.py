"""Rounds: several people on one sample, blind; agreement decides, an expert outranks; what is shown twice."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curation.errors import BadInput, NotReady
from curation.facets import Facets
from curation.sample import Action, Collected, Decision, Origin, Sample
from curation.stages.adjudicating import conflicts, read_case, settle
from curation.stages.agreement import agreements, by_label, disputed
from curation.stages.queueing import Wanted as Order
from curation.stages.queueing import queue
from curation.stages.revising import By
from curation.stages.rounds import Wanted, end_round, said_to, side_by_side, start_round
from curation.store import Workspace, open_workspace
from curation.store.browse import count_reviewed, states_of
from curation.store.decisions import add_decisions, read_verdicts, undo
from curation.store.opinions import opinions_of, read_shared
from curation.store.rounds import APART, EVERYBODY, NewRound, due_again, is_blind, opinions_in, read_rounds, said_twice
from curation.store.samples import add_samples
from curation.store.signals import write_signals

COUNT = 40


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory):
    workspace = open_workspace(tmp_path_factory.mktemp("rounds") / "w.duckdb")
    rows = [Collected(Sample(f"Task {n}", output=f"Answer {n}"), Origin("t", "s", str(n))) for n in range(COUNT)]
    add_samples(workspace, "run", rows)
    yield workspace
    workspace.close()


@pytest.fixture
def ws(made: Workspace) -> Workspace:
    """As new: what people said before is cleared, which only a test may do."""
    for table in ("decisions", "rounds", "round_samples", "signals"):
        made.execute(f"DELETE FROM {table}")
    with made.writing():
        pass
    return made


def say(ws: Workspace, who: str, sample: int, action: Action = "accept", reason: str = "") -> str:
    return add_decisions(ws, [sample], Decision(action, who, reason))


def begin(ws: Workspace, samples: Sequence[int] = range(6), overlap: int = 2, repeats: float = 0.0) -> int:
    return start_round(ws, NewRound("first", overlap, repeats, "olu"), Wanted(samples, len(samples)))


def waiting(ws: Workspace, who: str, order: str = "oldest") -> list[int]:
    return queue(ws, Order(Facets(), who, order))


def test_two_agree_and_it_is_decided(ws: Workspace) -> None:
    begin(ws)
    say(ws, "ann", 0)
    assert states_of(ws)[0] == "kept"
    assert read_verdicts(ws)[0] == 0
    say(ws, "ben", 0)
    assert states_of(ws)[0] == "accepted"
    assert read_verdicts(ws)[0] == 1
    assert conflicts(ws) == []


def test_outside_of_a_round_the_latest_counts(ws: Workspace) -> None:
    begin(ws, [1, 2])
    say(ws, "ann", 0)
    say(ws, "ben", 0, "reject")
    assert states_of(ws)[0] == "rejected"
    assert conflicts(ws) == []


def test_two_differ_and_it_is_open_until_an_expert_speaks(ws: Workspace) -> None:
    begin(ws)
    say(ws, "ann", 0, "accept", "clear")
    say(ws, "ben", 0, "reject", "wrong date")
    assert states_of(ws)[0] == "kept"
    assert conflicts(ws) == [0]
    case = read_case(ws, 0)
    assert [(one.reviewer, one.action, one.reason) for one in case.opinions] == [
        ("ann", "accept", "clear"), ("ben", "reject", "wrong date"),
    ]  # fmt: skip
    step = settle(ws, 0, "reject", "the date is wrong", By("eve", "press"))
    assert settle(ws, 0, "reject", "the date is wrong", By("eve", "press")) == step
    assert states_of(ws)[0] == "rejected"
    assert conflicts(ws) == []
    say(ws, "ben", 0, "accept")
    assert states_of(ws)[0] == "rejected", "an expert outranks what is said later"
    settled = read_case(ws, 0).settled
    assert settled is not None
    assert (settled.reviewer, settled.action, settled.reason) == ("eve", "reject", "the date is wrong")
    undo(ws, "eve", step)
    assert states_of(ws)[0] == "accepted", "both accept by now"


def test_a_change_of_mind_may_end_a_conflict(ws: Workspace) -> None:
    begin(ws)
    say(ws, "ann", 0)
    said = say(ws, "ben", 0, "reject")
    assert conflicts(ws) == [0]
    undo(ws, "ben", said)
    assert conflicts(ws) == []
    assert states_of(ws)[0] == "kept"
    say(ws, "ben", 0)
    assert states_of(ws)[0] == "accepted"


def test_a_person_is_asked_once_and_a_sample_of_enough_people(ws: Workspace) -> None:
    begin(ws, [0, 1], overlap=2)
    say(ws, "ann", 0)
    assert 0 not in waiting(ws, "ann")
    assert 0 in waiting(ws, "ben")
    say(ws, "ben", 0, "reject")
    assert 0 not in waiting(ws, "cat"), "it is for an expert now"
    assert 1 in waiting(ws, "cat")
    assert waiting(ws, "cat", "rounds") == [1]
    for order in ("disputed", "second opinions"):
        assert waiting(ws, "cat", order) == [], "no order says what others said in a round that goes on"
    assert count_reviewed(ws, Facets(), "cat") == (1, COUNT - 1)
    say(ws, "ann", 5)
    assert 5 not in waiting(ws, "ben"), "outside of the round one is enough"


def test_i16_nobody_sees_what_others_say_before_their_own_say(ws: Workspace) -> None:
    begin(ws, [0])
    say(ws, "ann", 0, "reject", "too short")
    assert is_blind(ws, 0, "ben")
    assert said_to(ws, 0, "ben") == []
    assert [one.reviewer for one in said_to(ws, 0, "ann")] == ["ann"]
    say(ws, "ben", 0)
    assert [one.reviewer for one in said_to(ws, 0, "ben")] == ["ann", "ben"]
    say(ws, "ann", 7)
    assert [one.reviewer for one in said_to(ws, 7, "ben")] == ["ann"]


def test_a_calibration_round_asks_everybody_and_decides_at_its_end(ws: Workspace) -> None:
    number = begin(ws, range(3), overlap=EVERYBODY)
    for who in ("ann", "ben", "cat"):
        assert set(range(3)) <= set(waiting(ws, who))
        say(ws, who, 0)
        say(ws, who, 1, "reject" if who == "cat" else "accept")
        assert not {0, 1} & set(waiting(ws, who))
    assert states_of(ws)[:3] == ["kept"] * 3
    assert [(row.sample, row.is_disputed) for row in side_by_side(ws, number)] == [(1, True), (0, False)]
    assert side_by_side(ws, number)[0].said == {"ann": "accept", "ben": "accept", "cat": "reject"}
    assert opinions_in(ws, number) == [("ann", 2), ("ben", 2), ("cat", 2)]
    end_round(ws, number)
    assert states_of(ws)[:3] == ["accepted", "kept", "kept"]
    assert conflicts(ws) == [1]
    (found,) = read_rounds(ws)
    assert (found.samples, found.agreed, found.disputed, found.ended is not None) == (3, 1, 1, True)


def test_a_round_takes_open_samples_alone(ws: Workspace) -> None:
    say(ws, "ann", 0)
    begin(ws, [1])
    number = begin(ws, [0, 1, 2, 3])
    assert {row.number: row.samples for row in read_rounds(ws)}[number] == 2
    with pytest.raises(NotReady, match="open"):
        begin(ws, [0, 1])
    some = start_round(ws, NewRound("some", 2, 0, "olu"), Wanted(range(COUNT), 5, seed=3))
    assert {row.number: row.samples for row in read_rounds(ws)}[some] == 5


@pytest.mark.parametrize(("name", "overlap", "repeats"), [(" ", 2, 0.0), ("a", 1, 0.0), ("a", 2, 0.6), ("a", -1, 0.0)])
def test_what_is_no_round(ws: Workspace, name: str, overlap: int, repeats: float) -> None:
    with pytest.raises(BadInput):
        start_round(ws, NewRound(name, overlap, repeats, "olu"), Wanted(range(3), 3))


def test_some_samples_are_shown_twice_after_a_while_and_hidden_till_then(ws: Workspace) -> None:
    begin(ws, range(30), overlap=3, repeats=0.5)
    for number in range(30):
        say(ws, "ann", number)
    due = due_again(ws, "ann")
    assert 3 <= len(due) <= 18
    assert max(due) < 30 - APART
    assert due_again(ws, "ben") == []
    assert said_to(ws, due[0], "ann") == [], "nothing on the card gives the repeat away"
    say(ws, "ann", due[0], "reject")
    say(ws, "ann", due[1], "accept")
    assert set(due[2:]) <= set(due_again(ws, "ann"))
    assert not set(due[:2]) & set(due_again(ws, "ann"))
    assert said_twice(ws, "ann") == [(due[0], "accept", "reject"), (due[1], "accept", "accept")]
    (own,) = agreements(ws).each
    assert own.twice.samples == 2
    assert own.twice.raw.value == 0.5
    say(ws, "ann", 29, "reject")
    assert len(said_twice(ws, "ann")) == 2, "a second thought right away is no repeat"


def test_agreement_of_pairs_and_clusters(ws: Workspace) -> None:
    rng = np.random.default_rng(0)
    for number in range(COUNT):
        for who, slip in (("ann", 0.0), ("ben", 0.1), ("cat", 0.5)):
            truth = number % 2 == 0
            say(ws, who, number, "accept" if truth != (rng.random() < slip) else "reject")
    write_signals(ws, 0, {"cluster": ["even" if n < 20 else "odd" for n in range(COUNT)]})
    together = agreements(ws)
    assert together.everybody.samples == COUNT
    found = {(two.first, two.second): two.agreement.cohen.value for two in together.pairs}
    assert found["ann", "ben"] > found["ann", "cat"]
    assert [own.reviewer for own in together.each] == ["ann", "ben", "cat"]
    assert {label for label, _ in by_label(ws, "cluster")} == {"even", "odd"}
    shared = read_shared(ws)
    ann, ben = shared.opinions[0], shared.opinions[1]
    assert disputed(ws, ("ann", "ben")) == shared.samples[ann != ben].tolist()
    assert set(disputed(ws, ("ann", "ben"))) <= set(disputed(ws))
    assert by_label(ws, "no such signal") == []


def test_where_nobody_said_anything(ws: Workspace) -> None:
    together = agreements(ws)
    assert (together.everybody.samples, together.pairs, together.each) == (0, [], [])
    assert disputed(ws) == []


@given(
    st.integers(2, 3),
    st.lists(
        st.tuples(st.sampled_from(["ann", "ben", "cat"]), st.integers(0, 3), st.sampled_from(["accept", "reject"])),
        max_size=16,
    ),
)
@settings(max_examples=12, deadline=None)
def test_n7_the_verdict_is_the_fold_of_the_opinions(made: Workspace, overlap: int, acts) -> None:
    """N7 for several reviewers: enough opinions that agree, else open; outside of the round the latest."""
    for table in ("decisions", "rounds", "round_samples"):
        made.execute(f"DELETE FROM {table}")
    begin(made, [0, 1], overlap)
    held: dict[int, dict[str, str]] = {number: {} for number in range(4)}
    last: dict[int, str] = {}
    for who, sample, action in acts:
        say(made, who, sample, action)
        held[sample][who] = last[sample] = action
    for number in range(4):
        opinions = set(held[number].values())
        in_round = number < 2
        decided = len(held[number]) >= overlap and len(opinions) == 1 if in_round else number in last
        words = {"accept": "accepted", "reject": "rejected"}
        assert states_of(made)[number] == (words[last[number]] if decided else "kept")
        assert (number in conflicts(made)) == (in_round and len(held[number]) >= overlap and len(opinions) > 1)
        assert {one.reviewer: one.action for one in opinions_of(made, number)} == held[number]
