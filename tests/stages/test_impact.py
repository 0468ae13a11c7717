"""What rules do to groups, to what people decided on, and against another recipe: as counted one by one."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from curation.duplicates import wilson
from curation.recipe import Labels, Outs, Recipe, Rule, outs
from curation.sample import Decision
from curation.stages.curating import apply_recipe
from curation.stages.drafting import undone
from curation.stages.impact import good_ones_lost, groups, known_recipes, versus
from curation.store.decisions import add_decisions, read_verdicts, undo
from tests.pages.filled import COUNT, filled_workspace

ROWS = st.lists(st.tuples(st.sampled_from(["", "a", "b", "c"]), st.booleans(), st.booleans()), max_size=30)


@pytest.fixture
def workspace(tmp_path):
    opened = filled_workspace(tmp_path / "w.duckdb")
    yield opened
    opened.close()


def out_of(*numbers: int) -> Outs:
    values = np.zeros(COUNT)
    values[list(numbers)] = 1
    return outs([Rule(signal="x", most=0)], {"x": values}, COUNT)


@given(ROWS)
def test_groups_are_counted_as_one_by_one(rows):
    found = groups(Labels.of([row[0] for row in rows]), np.array([row[1] for row in rows], bool))
    assert all(group.is_emptied == (group.samples >= 5 and group.removed > 0.9 * group.samples) for group in found)
    for group in found:
        mine = [row[1] for row in rows if row[0] == group.label]
        assert (group.samples, group.removed) == (len(mine), sum(mine))
    assert {group.label for group in found} == {row[0] for row in rows} - {""}
    assert [group.share for group in found] == sorted((group.share for group in found), reverse=True)


@given(ROWS)
def test_every_sample_is_on_one_side(rows):
    first, second = (np.array([row[place] for row in rows], bool) for place in (1, 2))
    sides = versus(first, second)
    expected = {(False, False): sides.both, (False, True): sides.first, (True, False): sides.second}
    for case, side in {**expected, (True, True): sides.neither}.items():
        assert side.tolist() == [number for number, row in enumerate(rows) if row[1:] == case]


@pytest.mark.parametrize(
    ("hits", "of", "low", "high"), [(0, 10, 0, 0.2775), (5, 10, 0.2366, 0.7634), (10, 10, 0.7225, 1)]
)
def test_the_interval_is_that_of_the_tables(hits, of, low, high):
    """Against binom.confint(method="wilson") of R."""
    assert wilson(hits, of) == (pytest.approx(low, abs=1e-4), pytest.approx(high, abs=1e-4))
    assert wilson(0, 0) == (0, 1)


def test_good_ones_lost_come_from_people_alone(workspace):
    add_decisions(workspace, [6], Decision("accept", ""))  # a program, not a person
    whole, each = good_ones_lost(workspace, out_of(0, 4, 6, 7))
    assert (whole.removed, whole.decided, whole.accepted) == (4, 2, 1)
    assert each["x"] == whole
    nothing, _ = good_ones_lost(workspace, out_of(8))
    assert (nothing.removed, nothing.decided, nothing.low, nothing.high) == (1, 0, 0, 1)


def test_the_last_decision_that_was_not_undone_counts(workspace):
    add_decisions(workspace, [0], Decision("reject", "me"))
    assert read_verdicts(workspace)[:6].tolist() == [-1, 1, 1, 1, -1, 0]
    undo(workspace, "me")
    assert read_verdicts(workspace)[:6].tolist() == [1, 1, 1, 1, -1, 0]


def test_recipes_to_compare_are_the_draft_presets_and_those_of_the_past(workspace):
    old, new, draft = (Recipe(rules=(Rule(signal="words", least=least),)) for least in (1, 2, 3))
    apply_recipe(workspace, old, "old", "me")
    apply_recipe(workspace, new, "new", "me")
    known = known_recipes(workspace, draft)
    assert (known["The draft"], known["In force"]) == (draft, new)
    assert next(recipe for name, recipe in known.items() if name.startswith("1: old")) == old


@given(st.lists(st.sampled_from("abcd"), max_size=8))
def test_undoing_again_and_again_ends_with_no_recipe(applied):
    texts = applied[::-1]
    for _ in range(len(applied) + 1):
        place = undone(texts, "")
        if place is None:
            break
        texts = ["" if place < 0 else texts[place], *texts]
    assert undone(texts, "") is None
    assert (texts or [""])[0] == ""
