"""What decisions say, from a workspace: no leakage, bounds with their cost, what to look at next."""

import numpy as np
import pytest

from curation.duplicates import wilson
from curation.errors import NotReady
from curation.facets import Facets
from curation.sample import Collected, Decision, Origin, Sample
from curation.stages.teaching import WORTH, choose_worth, judge_signals, learn_from_decisions
from curation.store import open_workspace
from curation.store.browse import numbers_of
from curation.store.decisions import add_decisions
from curation.store.samples import add_samples
from curation.store.signals import write_column, write_labels

COUNT = 300
DECIDED = 160
WORDS = np.random.default_rng(4).integers(1, 80, COUNT)


@pytest.fixture
def workspace(tmp_path):
    opened = open_workspace(tmp_path / "w.duckdb")
    rows = [
        Collected(Sample(f"Ask number {n}.", output="word " * int(words)), Origin("alpaca", f"{n % 2}.jsonl", str(n)))
        for n, words in enumerate(WORDS)
    ]
    add_samples(opened, "run", rows)
    numbers = np.arange(COUNT, dtype=np.int32)
    columns = {"words": WORDS, "characters": 5 * WORDS} | dict(
        zip(("reading_ease", "links", "mine"), np.random.default_rng(8).normal(size=(3, COUNT)), strict=True)
    )
    for name, values in columns.items():
        write_column(opened, name, numbers, values)
    write_labels(opened, "task_type", {n: "open" if n % 3 else "closed" for n in range(COUNT)})
    yield opened
    opened.close()


def decide(workspace, accepted):
    numbers = np.arange(len(accepted))
    add_decisions(workspace, numbers[accepted].tolist(), Decision("accept", "Ada"))
    add_decisions(workspace, numbers[~accepted].tolist(), Decision("reject", "Ada"))


def test_a_planted_bound_is_learned_with_its_cost(workspace):
    decide(workspace, WORDS[:DECIDED] >= 25)
    lesson = learn_from_decisions(workspace)
    assert (lesson.decided, lesson.accepted) == (DECIDED, (WORDS[:DECIDED] >= 25).sum())
    assert lesson.learned.is_something
    first = lesson.learned.weights[0]
    assert first.name == "words"
    assert lesson.prepared.stands_for["words"] == ("characters",)
    assert lesson.labelled["task_type: open"] == ("task_type", "open")
    assert first.weight > 0
    (bound,) = (one for one in lesson.bounds if one.signal == "words")
    assert (bound.edge, bound.bound) == ("least", pytest.approx(25, abs=5))
    assert bound.lost.removed == (bound.bound > WORDS).sum()
    assert bound.lost.accepted == ((bound.bound > WORDS[:DECIDED]) & (WORDS[:DECIDED] >= 25)).sum()
    assert (bound.lost.low, bound.lost.high) == wilson(bound.lost.accepted, bound.lost.decided)
    assert learn_from_decisions(workspace) is lesson


def test_decisions_without_sense_teach_nothing(workspace):
    decide(workspace, np.random.default_rng(1).random(DECIDED) < 0.6)
    lesson = learn_from_decisions(workspace)
    assert not lesson.learned.is_something
    assert lesson.bounds == ()


def test_what_people_left_and_judges_say_is_no_predictor_unless_it_is_named(workspace):
    accepted = np.random.default_rng(1).random(DECIDED) < 0.6
    decide(workspace, accepted)
    for action, value, numbers in (("rate", "5", accepted), ("rate", "1", ~accepted), ("flag", "", ~accepted)):
        add_decisions(workspace, np.flatnonzero(numbers).tolist(), Decision(action, "Ada", value))
    caused = np.where(accepted, 5.0, 1.0) + np.random.default_rng(2).random(DECIDED)
    everywhere = np.concatenate([caused, np.full(COUNT - DECIDED, 3.0)])
    write_column(workspace, "judge: rubric overall", np.arange(COUNT, dtype=np.int32), everywhere)
    write_column(workspace, WORTH, np.arange(COUNT, dtype=np.int32), everywhere)
    write_column(workspace, "neighbour_sample", np.arange(COUNT, dtype=np.int32), everywhere)
    assert judge_signals(workspace) == ["judge: rubric overall"]
    assert not learn_from_decisions(workspace).learned.is_something
    named = learn_from_decisions(workspace, ["judge: rubric overall"])
    assert named.learned.low > 0.85
    assert named.learned.weights[0].name == "judge: rubric overall"


def test_too_few_decisions_are_said_so(workspace):
    with pytest.raises(NotReady, match="decided on 0 of 50"):
        learn_from_decisions(workspace)
    decide(workspace, np.arange(60) < 55)
    with pytest.raises(NotReady, match="55 samples are accepted and 5 rejected"):
        learn_from_decisions(workspace)


def test_what_teaches_most_is_a_facet_of_undecided_samples(workspace):
    decide(workspace, WORDS[:DECIDED] + np.random.default_rng(0).integers(-10, 10, DECIDED) >= 25)
    lesson = learn_from_decisions(workspace)
    assert choose_worth(workspace, lesson, 20) == 20
    found = numbers_of(workspace, Facets(ranges=((WORTH, 1, 20),)))
    assert len(found) == 20
    assert (found >= DECIDED).all()
    doubt = np.abs(lesson.learned.chance - 0.5)
    assert doubt[found].mean() < doubt[DECIDED:].mean()
    # Once more is the same again, in place of what was there.
    assert choose_worth(workspace, lesson, 5) == 5
    assert len(numbers_of(workspace, Facets(ranges=((WORTH, 1, None),)))) == 5
