"""Size guidance: every size has a place, and nothing is promised beyond what the sets named had."""

from hypothesis import given
from hypothesis import strategies as st

from curation.stages.guidance import GOALS, PAIRS, sentence, sizes
from tests.dashboard import ROOT


def test_goals_go_from_few_to_many_without_overlap():
    sizes = [size for goal in GOALS for size in (goal.least, goal.most)]
    assert sizes == sorted(sizes)
    assert all(goal.source for goal in (*GOALS, PAIRS))


@given(st.integers(1, 2_000_000))
def test_any_size_has_a_sentence_and_one_place_per_goal(samples):
    said = sentence(samples)
    assert said.startswith(f"With {samples:,} samples the plan is ")
    for goal in GOALS:
        assert (goal.missing(samples) > 0) == (samples < goal.least)
        assert ("within" in goal.place(samples)) == (goal.least <= samples <= goal.most)
    assert (" within " in said) == any("within" in goal.place(samples) for goal in GOALS)


def test_beyond_the_largest_set_only_that_is_said():
    assert sentence(2_000_000).count("“") == 1
    assert "past “Many skills at once”" in sentence(2_000_000)


def test_the_document_has_every_goal():
    text = (ROOT / "docs" / "curation.md").read_text("utf-8")
    for goal in (*GOALS, PAIRS):
        assert f"| {goal.name} | {sizes(goal)} | {goal.source} |" in text
