"""A model repairs what a person pointed out; nothing changes before a person takes it, and one undo gives it back."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from curation import runs
from curation.errors import BadInput, Overtaken
from curation.sample import Collected, Decision, Origin, Sample
from curation.stages import batches
from curation.stages.practice import NAME as PRACTICE
from curation.stages.repairing import Repairing, expect_repair, repair_job, repair_now
from curation.stages.revising import By
from curation.stages.taking import repaired, take_repairs, taken
from curation.store import Workspace, open_workspace
from curation.store.asked import read_asked
from curation.store.browse import states_of
from curation.store.decisions import add_decisions, undo
from curation.store.lineage import read_ancestors
from curation.store.repairs import read_repairs, repair_runs
from curation.store.runs import read_run
from curation.store.samples import add_samples, count_samples, read_origins, read_samples

ANSWER = "The river is long. It is good for ships, and people like it."


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    opened = open_workspace(tmp_path / "w.duckdb")
    made = [
        Collected(Sample(f"Describe river {n}.", output=f"{ANSWER} {n}."), Origin("t", "h", str(n))) for n in range(12)
    ]
    add_samples(opened, "run", made)
    yield opened
    opened.close()


def test_one_sample_is_repaired_and_nothing_changes_before_it_is_taken(ws: Workspace):
    order = Repairing("Say it more clearly.", PRACTICE, (3,))
    assert expect_repair(ws, order).calls == 1
    run = repair_now(ws, order)
    [made] = read_repairs(ws, run)
    assert made.sample == 3
    assert count_samples(ws) == 12
    assert runs.running(ws) == []
    found = read_run(ws, run)
    assert found is not None
    assert (found.kind, found.status) == ("repair", "done")


def test_answers_that_come_slowly_are_kept_one_by_one(ws: Workspace, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(batches, "OFTEN", -1)
    run = repair_now(ws, Repairing("Say it more clearly.", PRACTICE, (3, 4)))
    assert [one.sample for one in read_repairs(ws, run)] == [3, 4]


def test_many_are_repaired_taken_in_one_step_and_given_back_in_one(ws: Workspace):
    run = runs.start(ws, repair_job(ws, Repairing("Clearer.", PRACTICE, tuple(range(12)))))
    runs.wait(run, 60)
    made = read_repairs(ws, run)
    good = [one.sample for one in made if not one.problem]
    assert len(made) == 12
    assert len(good) > 5
    assert [(run_id, number) for run_id, _, number in repair_runs(ws)] == [(run, 12)]
    assert taken(ws, made) == set()
    before = states_of(ws)
    new = take_repairs(ws, run, range(12), By("ann", "press"))
    assert take_repairs(ws, run, range(12), By("ann", "press")) == new  # twice is once
    assert taken(ws, made) == set(good)
    states = states_of(ws)
    assert {states[number] for number in good} == {"rejected"}
    assert {states[number] for number in new} == {"accepted"}
    old = read_samples(ws, good)
    assert read_samples(ws, new) == [
        repaired(one, sample) for one, sample in zip([m for m in made if not m.problem], old, strict=True)
    ]
    undo(ws, "ann")
    assert states_of(ws)[:12] == before
    assert {states_of(ws)[number] for number in new} == {"rejected"}
    assert take_repairs(ws, run, good[:1], By("ann", "another press")) == new[:1]
    assert states_of(ws)[new[0]] == "accepted"


def test_a_repair_is_not_taken_over_what_somebody_decided_meanwhile(ws: Workspace):
    """F18"""
    run = repair_now(ws, Repairing("Clearer.", PRACTICE, (0, 1, 2)))
    good = [one.sample for one in read_repairs(ws, run) if not one.problem]
    seen = ws.last_decision()
    add_decisions(ws, good[:1], Decision("accept", "bob"))
    with pytest.raises(Overtaken, match="Already accepted by bob"):
        take_repairs(ws, run, good, By("ann", "press", seen))
    assert count_samples(ws) == 12
    assert len(take_repairs(ws, run, good, By("ann", "press", ws.last_decision()))) == len(good)


def test_a_repaired_sample_names_its_parent_and_its_model(ws: Workspace):
    run = repair_now(ws, Repairing("Clearer.", PRACTICE, (0, 1, 2)))
    good = next(one for one in read_repairs(ws, run) if not one.problem)
    [new] = take_repairs(ws, run, [good.sample], By("ann", "press"))
    [(_, origin)] = read_origins(ws, new)
    assert (origin.method, origin.parents) == ("repaired", (read_samples(ws, [good.sample])[0].id,))
    assert (origin.model, origin.prompt_hash) == (good.model, good.request)
    assert read_ancestors(ws, new)


def test_the_same_wish_is_not_paid_for_twice(ws: Workspace):
    order = Repairing("Clearer.", PRACTICE, (0, 1))
    first, second = repair_now(ws, order), repair_now(ws, order)
    assert [m.output for m in read_repairs(ws, first)] == [m.output for m in read_repairs(ws, second)]
    assert read_asked(ws, first).attempts == 2
    assert read_asked(ws, second).attempts == 0


def test_without_a_wish_or_samples_nothing_is_asked(ws: Workspace):
    for comment, numbers in ((" ", (1,)), ("Clearer.", ())):
        with pytest.raises(BadInput):
            repair_now(ws, Repairing(comment, PRACTICE, numbers))
    with pytest.raises(BadInput):
        take_repairs(ws, "nowhere", [1], By("ann", "e"))
