"""What the plan costs: the pace of people from their decisions, the price of models from the ledger."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest

from curation.errors import BadInput, NotAllowed
from curation.model.ledger import Attempt, Response
from curation.practice import PRACTICE_MODEL
from curation.prompts import Prompt
from curation.sample import Collected, Decision, Message, Origin, Sample, Score
from curation.stages.outlay import Load, load, outlay, pace_of, per_hour, set_per_hour
from curation.stages.reviewers import give_role
from curation.store import Workspace, decisions, open_workspace
from curation.store.decisions import add_decisions, undo
from curation.store.ledger import RunLedger
from curation.store.runs import start_run
from curation.store.samples import add_samples
from curation.store.scores import add_scores
from curation.store.workspace import now

COUNT = 60


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    opened = open_workspace(tmp_path / "w.duckdb")
    add_samples(opened, "import-1", [collected(number) for number in range(COUNT)])
    yield opened
    opened.close()


def collected(number: int, model: str = "") -> Collected:
    return Collected(Sample(f"Task {number}", output="Done"), Origin("test", "here", str(number), model=model))


@pytest.fixture
def clock(monkeypatch) -> list[float]:
    """Seconds since the start; what is decided is noted at this time."""
    at, begun = [0.0], now()
    monkeypatch.setattr(decisions, "now", lambda: begun + timedelta(seconds=at[0]))
    return at


def decide(ws: Workspace, clock: list[float], gaps: list[float], reviewer: str = "ann", first: int = 0) -> None:
    for place, gap in enumerate(gaps):
        clock[0] += gap
        add_decisions(ws, [first + place], Decision("accept" if place % 2 else "reject", reviewer))


def test_the_pace_is_the_median_within_a_sitting(ws, clock):
    decide(ws, clock, [0, 4, 6, 8, 4, 6, 8, 10_000, 4, 6, 8, 4, 26])
    found = pace_of(ws, "ann")
    # Twelve gaps, one of which is a night between two sittings.
    assert (found.gaps, found.seconds, found.is_own) == (11, 6.0, True)
    assert found.mean == pytest.approx(84 / 11)


def test_one_decision_about_many_and_what_was_undone_say_nothing(ws, clock):
    decide(ws, clock, [5] * 11)
    clock[0] += 1
    step = add_decisions(ws, list(range(20, 40)), Decision("reject", "ann"))
    clock[0] += 1
    single = add_decisions(ws, [50], Decision("accept", "ann"))
    assert step != single
    undo(ws, "ann", single)
    found = pace_of(ws, "ann")
    assert (found.gaps, found.seconds) == (10, 5.0)


def test_without_enough_of_their_own_the_pace_is_that_of_everybody_and_of_nobody_it_is_none(ws, clock):
    assert pace_of(ws, "ann") is None
    decide(ws, clock, [3] * 5, "ann")
    assert pace_of(ws, "ann") is None
    decide(ws, clock, [9] * 15, "bob", 20)
    found = pace_of(ws, "ann")
    assert (found.gaps, found.seconds, found.is_own) == (18, 9.0, False)
    assert pace_of(ws, "bob").is_own


def test_what_a_program_decided_is_no_pace(ws, clock):
    decide(ws, clock, [1] * 30, "")
    assert pace_of(ws, "") is None


def pay(ws: Workspace, run: str, model: str, costs: list[float | None]) -> list[str]:
    """One answered request for each cost, None for an unknown price; gives their keys."""
    ledger, keys = RunLedger(ws, run), []
    for place, cost in enumerate(costs):
        key, prompt = f"{hash((run, place)) % 16**32:032x}", Prompt((Message("user", f"{run} {place}"),))
        dear = float("nan") if cost is None else cost
        sent = Attempt(key, key, model, prompt, "https://example.org", "chat", 10, dear)
        got = Response(key, "", 200, b"{}", 5, 5, dear, 0.1)
        ledger.commit([sent], [got])
        keys.append(key)
    return keys


def test_what_models_wrote_costs_what_was_paid_for_all_by_those_still_in(ws):
    run, preview = start_run(ws, "generate", "ask", "{}"), start_run(ws, "preview", "ask", "{}")
    pay(ws, run, "m", [0.5, 0.25])
    pay(ws, preview, "m", [0.25])
    add_samples(ws, run, [collected(number, "m") for number in range(100, 110)])
    inside = np.arange(COUNT + 5, dtype=np.int32)  # five of the ten were dropped
    found = outlay(ws, inside, "ann")
    assert (found.writing.dollars, found.writing.samples, found.writing.each) == (1.0, 5, 0.2)
    assert not found.judging.calls
    ahead = load(ws, inside, 100)
    assert (found.written(ahead), found.judged(ahead)) == (pytest.approx(35 * 0.2), None)
    assert found.hours(ahead) is None


def test_what_a_preview_paid_for_counts_where_the_run_after_it_had_it_for_nothing(ws):
    (key,) = pay(ws, start_run(ws, "preview", "ask", "{}"), "m", [0.5])
    origin = Origin("ask", "m", "1", model="m", prompt_hash=key)
    add_samples(ws, start_run(ws, "generate", "ask", "{}"), [Collected(Sample("Task 100", output="Done"), origin)])
    assert outlay(ws, np.arange(COUNT + 1, dtype=np.int32), "ann").writing.each == 0.5


def test_an_unknown_price_is_no_price_and_the_practice_model_no_model(ws):
    run = start_run(ws, "generate", "ask", "{}")
    pay(ws, run, "m", [0.5, None])
    add_samples(ws, run, [collected(100, "m")])
    writing = outlay(ws, np.arange(COUNT + 1, dtype=np.int32), "ann").writing
    assert (writing.unpriced, writing.each, writing.calls) == (1, None, True)
    practised = start_run(ws, "judge", "rubric", "{}")
    pay(ws, practised, PRACTICE_MODEL, [0.0, 0.0])
    assert not outlay(ws, np.arange(COUNT, dtype=np.int32), "ann").judging.calls


def test_judging_costs_what_was_paid_by_samples_with_a_score(ws):
    run = start_run(ws, "judge", "rubric", "{}")
    pay(ws, run, "m", [0.1, 0.1, 0.2])
    ids = [collected(number).sample.id for number in range(4)]
    add_scores(ws, run, "rubric", "1", [Score(one, "quality", 4.0, "good", "m", one[:12]) for one in ids])
    found = outlay(ws, np.arange(COUNT, dtype=np.int32), "ann")
    assert found.judging.each == pytest.approx(0.1)
    assert found.judged(Load(COUNT, 0, 30)) == pytest.approx(3.0)


def test_what_is_left_to_do(ws, clock):
    decide(ws, clock, [5] * 12)  # every second one is rejected, from 0 on
    numbers = np.setdiff1d(np.arange(COUNT), np.arange(0, 12, 2)).astype(np.int32)
    assert load(ws, numbers) == Load(54, 0, 48)
    assert load(ws, numbers, 200) == Load(200, 146, 194)
    assert load(ws, numbers, 10) == Load(10, 0, 4)
    assert load(ws, numbers, 3) == Load(3, 0, 0)
    found = outlay(ws, numbers, "ann")
    assert found.hours(Load(54, 0, 72)) == pytest.approx(0.1)
    assert found.wages(Load(54, 0, 72)) is None
    assert found.judged(Load(54, 0, 0)) == 0


def test_what_an_hour_costs_is_kept(ws, clock):
    assert per_hour(ws) is None
    set_per_hour(ws, 22.5)
    assert per_hour(ws) == 22.5
    decide(ws, clock, [5] * 12)
    assert outlay(ws, np.arange(COUNT, dtype=np.int32), "ann").wages(Load(0, 0, 720)) == pytest.approx(22.5)
    set_per_hour(ws, None)
    assert per_hour(ws) is None
    with pytest.raises(BadInput):
        set_per_hour(ws, -1)


def test_t19_who_may_not_export_does_not_set_what_an_hour_costs(ws):
    give_role(ws, "ann@x.org", "annotator")
    ws.who = lambda: "ann@x.org"
    with pytest.raises(NotAllowed):
        set_per_hour(ws, 1)
