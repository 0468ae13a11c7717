"""A plan is dealt once and shown many times; whatever it depends on makes it anew at once."""

import numpy as np
import pytest

from curation.exporters import FORMATS
from curation.recipe import Duplicates, Recipe, Shape, Splits
from curation.sample import Collected, Decision, Origin, Sample
from curation.stages import planning
from curation.stages.curating import apply_recipe
from curation.stages.planning import carried, plan
from curation.store import open_workspace
from curation.store.decisions import add_decisions, undo
from curation.store.pairs import Edges, write_pairs
from curation.store.samples import add_samples
from curation.store.signals import write_labels

IN = ("accepted", "kept")
HALVES = Shape(splits=Splits(train=0.5, validation=0.25, test=0.25))


def rows(first: int, last: int, parent: str = "") -> list[Collected]:
    return [
        Collected(
            Sample(f"Question {i}", output=f"Answer {i}"),
            Origin("alpaca", f"a.json{parent}", f"line {i}", parents=(parent,) if parent else ()),
        )
        for i in range(first, last)
    ]


@pytest.fixture
def workspace(tmp_path):
    opened = open_workspace(tmp_path / "w.duckdb")
    add_samples(opened, "run", rows(0, 40))
    yield opened
    opened.close()


def pairs(workspace, *similarity: float) -> None:
    a = np.arange(len(similarity), dtype=np.int32)
    write_pairs(workspace, "m", "prompt", (0.7, 40), Edges(a, a + 20, np.array(similarity, np.float32)))


def test_a_plan_is_dealt_once_while_nothing_changes(workspace):
    first = plan(workspace, IN, HALVES)
    assert plan(workspace, IN, HALVES) is first
    assert plan(workspace, IN, Shape(splits=Splits(seed=1))) is not first


def test_a_decision_and_its_undo_count_at_once(workspace):
    assert 7 in plan(workspace, IN, HALVES).numbers
    add_decisions(workspace, [7], Decision("reject", "me"))
    assert 7 not in plan(workspace, IN, HALVES).numbers
    undo(workspace, "me")
    assert 7 in plan(workspace, IN, HALVES).numbers


def test_what_formats_carry_is_counted_for_every_plan_and_read_once(workspace, monkeypatch):
    unanswered = Collected(Sample("Continue:"), Origin("alpaca", "b.json", "line 1"))
    add_samples(workspace, "run 1", [unanswered])
    forms, read = [FORMATS["openai_chat"](), FORMATS["parquet"]()], []
    true = planning.read_samples
    monkeypatch.setattr(planning, "read_samples", lambda *these: read.extend(these[1]) or true(*these))
    first = plan(workspace, IN, HALVES)
    chat, parquet = carried(first, forms)
    assert parquet == first.sizes()
    assert sum(chat.values()) == sum(parquet.values()) - 1
    other = plan(workspace, IN, Shape(splits=Splits(train=0.9, validation=0.1, test=0)))
    assert carried(other, forms[1:]) == [other.sizes()]
    assert sorted(read) == list(range(41))


def test_an_added_sample_counts_at_once(workspace):
    assert len(plan(workspace, IN, HALVES).numbers) == 40
    add_samples(workspace, "run 2", rows(40, 45))
    assert len(plan(workspace, IN, HALVES).numbers) == 45


def test_a_parent_that_is_told_later_keeps_its_children_together(workspace):
    before = plan(workspace, IN, HALVES)
    add_samples(workspace, "run 2", rows(0, 10, parent=Sample("Question 0", output="Answer 0").id))
    after = plan(workspace, IN, HALVES)
    assert before.numbers == after.numbers
    assert len({after.assignment[sample_id] for sample_id in after.ids[:10]}) == 1
    assert after.groups == before.groups - 9


def test_pairs_and_the_recipe_count_at_once(workspace):
    assert plan(workspace, IN, HALVES).threshold is None
    pairs(workspace, 0.95, 0.8)
    assert plan(workspace, IN, HALVES).groups == 39
    pairs(workspace, 0.95, 0.95, 0.95)
    assert plan(workspace, IN, HALVES).groups == 37
    apply_recipe(workspace, Recipe(duplicates=Duplicates(threshold=0.9)), "near", "me")
    assert len(plan(workspace, IN, HALVES).numbers) == 37


def test_task_types_count_at_once(workspace):
    before = plan(workspace, IN, HALVES)
    write_labels(workspace, "task_type", {i: "code" if i % 2 else "chat" for i in range(40)})
    after = plan(workspace, IN, HALVES)
    assert after.assignment != before.assignment
    code = [after.assignment[sample_id] for sample_id in after.ids[1::2]]
    assert {name: code.count(name) for name in set(code)} == {"train": 10, "validation": 5, "test": 5}
