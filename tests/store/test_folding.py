"""N7: what is in force is the fold of all events, whoever said what in which round."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curation.sample import Collected, Origin, Sample
from curation.store import Workspace, open_workspace
from curation.store.samples import add_samples

SAMPLES = 5
ACTIONS = ["accept", "reject", "settle accept", "settle reject", "reopen", "undo", "skip"]
ADD = """
INSERT INTO decisions (seq, event, step, sample, reviewer, action, value, made) VALUES (?, ?, ?, ?, ?, ?, ?, now())
"""
ADD_ROUND = "INSERT INTO rounds VALUES (?, 'round', ?, 0, 'olu', now(), CASE WHEN ? THEN now() END)"

Events = list[tuple[int, str, str, int]]
Rounds = list[tuple[set[int], int, bool]]
a_sample = st.integers(0, SAMPLES - 1)
some_events = st.lists(
    st.tuples(a_sample, st.sampled_from(["ann", "ben", "cat", ""]), st.sampled_from(ACTIONS), st.integers(0, 30)),
    max_size=30,
)
some_rounds = st.lists(st.tuples(st.sets(a_sample), st.sampled_from([0, 2, 3]), st.booleans()), max_size=3)


@pytest.fixture(scope="module")
def ws(tmp_path_factory: pytest.TempPathFactory):
    opened = open_workspace(tmp_path_factory.mktemp("folding") / "w.duckdb")
    add_samples(opened, "run", [Collected(Sample(f"Task {n}"), Origin("t", "s", str(n))) for n in range(SAMPLES)])
    yield opened
    opened.close()


def put(ws: Workspace, events: Events, rounds: Rounds) -> None:
    for table in ("decisions", "rounds", "round_samples"):
        ws.execute(f"DELETE FROM {table}")
    for seq, (sample, reviewer, action, step) in enumerate(events):
        undone = action == "undo"
        said = (None if undone else sample, reviewer, action, f"s{step}" if undone else "")
        ws.execute(ADD, seq, f"e{seq}", f"s{seq}", *said)
    for number, (samples, overlap, has_ended) in enumerate(rounds):
        ws.execute(ADD_ROUND, number, overlap, has_ended)
        for sample in samples:
            ws.execute("INSERT INTO round_samples VALUES (?, ?)", number, sample)


def standing(of: int, events: Events, rounds: Rounds) -> tuple[str, tuple[str, str], bool]:
    """(verdict, conflict or open; action and reviewer of a verdict; whether it is asked again), told step by step."""
    undone = {step for _, _, action, step in events if action == "undo"}
    said = [
        (who, action)
        for seq, (sample, who, action, _) in enumerate(events)
        if sample == of and seq not in undone and action not in ("undo", "skip")
    ]
    again = bool(said) and said[-1][1] == "reopen"
    settled = [(action.removeprefix("settle "), who) for who, action in said if action.startswith("settle")]
    if settled:
        return "verdict", settled[-1], again
    plain = [(who, action) for who, action in said if action != "reopen"]
    needs = [1 if ended else overlap or 1_000_000 for samples, overlap, ended in rounds if of in samples]
    if not needs:
        return ("verdict", (plain[-1][1], plain[-1][0]), again) if plain else ("open", ("", ""), again)
    people = [(who, action) for who, action in plain if who]
    opinions = dict(people)
    if len(opinions) < max(needs):
        return "open", ("", ""), again
    if len(set(opinions.values())) > 1:
        return "conflict", ("", ""), again
    return "verdict", (people[-1][1], people[-1][0]), again


@given(some_events, some_rounds)
@settings(max_examples=60, deadline=None)
def test_n7_verdicts_conflicts_and_queues_are_the_fold_of_the_events(
    ws: Workspace, events: Events, rounds: Rounds
) -> None:
    put(ws, events, rounds)
    expected = {number: standing(number, events, rounds) for number in range(SAMPLES)}
    verdicts = {row[0]: (row[1], row[2]) for row in ws.execute("SELECT sample, action, reviewer FROM verdicts")}
    assert verdicts == {number: said for number, (how, said, _) in expected.items() if how == "verdict"}
    conflicts = {row[0] for row in ws.execute("SELECT sample FROM conflicts")}
    assert conflicts == {number for number, (how, _, _) in expected.items() if how == "conflict"}
    settled = {row[0] for row in ws.execute("SELECT sample FROM settled")}
    assert settled == {number for number, (how, _, again) in expected.items() if how != "open" and not again}
