"""What the Duplicates page asks of the stored pairs."""

from pathlib import Path

import numpy as np
import pytest

from curation.errors import NotReady
from curation.recipe import Duplicates, Recipe
from curation.sample import Collected, Decision, Origin, Sample
from curation.stages.comparing import Group, comparison
from curation.stages.curating import apply_recipe, current_recipe, keep_instead, renew_duplicates
from curation.store import Workspace, open_workspace
from curation.store.decisions import add_decisions
from curation.store.duplicates import read_duplicates
from curation.store.pair_labels import Said, add_pair_label, undo_pair_label
from curation.store.pairs import Edges, write_pairs
from curation.store.samples import add_samples
from curation.store.signals import write_signals

PROMPTS = ["Name a colour.", "name a  colour", "Name a fruit!", "Name a  fruit.", "NAME A FRUIT", "Count to ten"]


@pytest.fixture
def ws(tmp_path: Path):
    workspace = open_workspace(tmp_path / "w.duckdb")
    rows = [Collected(Sample(text, output="same"), Origin("test", "here", str(n))) for n, text in enumerate(PROMPTS)]
    add_samples(workspace, "run", rows)
    yield workspace
    workspace.close()


def add_pairs(workspace: Workspace, near: list[tuple[int, int, float]], floor: float = 0.7) -> None:
    a, b, similarity = zip(*near, strict=True)
    edges = Edges(np.array(a, np.int32), np.array(b, np.int32), np.array(similarity, np.float32))
    write_pairs(workspace, "m", "prompt", (floor, len(PROMPTS)), edges)


NEAR = [(0, 1, 0.99), (0, 5, 0.72), (2, 3, 0.97), (2, 4, 0.9), (3, 4, 0.95)]


def test_groups_list_the_largest_first_with_their_members(ws: Workspace) -> None:
    add_pairs(ws, NEAR)
    found = comparison(ws)
    assert found is not None
    groups = found.groups(0.9)
    assert groups.listed(9) == [Group(2, 3, pytest.approx(0.9)), Group(0, 2, pytest.approx(0.99))]
    assert [number for number, _ in groups.members(2)] == [3, 4]
    assert groups.removed.tolist() == [1, 3, 4]
    assert found.groups(1.0).listed(9) == []
    with pytest.raises(NotReady):
        found.groups(0.69)


def test_the_curve_is_what_each_threshold_keeps(ws: Workspace) -> None:
    """I10: 61 points, each exact."""
    add_pairs(ws, NEAR)
    found = comparison(ws)
    assert found is not None
    assert found.thresholds[[0, -1]].tolist() == [0.7, 1.0]
    assert len(found.thresholds) == 61
    each = [len(PROMPTS) - len(found.groups(threshold).removed) for threshold in found.thresholds.tolist()]
    assert found.curve.tolist() == each


@pytest.mark.parametrize(("floor", "first"), [(0.70000005, 0.705), (0.7, 0.7), (0.9951, 1.0), (1.0000001, None)])
def test_the_curve_starts_at_or_above_the_floor(ws: Workspace, floor: float, first: float | None) -> None:
    add_pairs(ws, [(0, 1, 1.0)], floor)
    found = comparison(ws)
    assert found is not None
    assert found.thresholds[:1].tolist() == ([] if first is None else [first])
    assert len(found.curve) == len(found.thresholds)


def test_borderline_pairs_lie_on_either_side(ws: Workspace) -> None:
    """I11."""
    add_pairs(ws, NEAR)
    found = comparison(ws)
    assert found is not None
    above, below = found.borderline(0.95, 2)
    assert [(pair.a, pair.b) for pair in above] == [(3, 4), (2, 3)]
    assert [(pair.a, pair.b) for pair in below] == [(2, 4), (0, 5)]


def test_pairs_are_read_again_only_when_something_changed(ws: Workspace) -> None:
    assert comparison(ws) is None
    add_pairs(ws, NEAR)
    first = comparison(ws)
    assert comparison(ws) is first
    add_decisions(ws, [4], Decision("accept", "me"))
    second = comparison(ws)
    assert second is not first
    assert second is not None
    assert second.groups(0.9).listed(9)[0].kept == 4
    add_pairs(ws, [(0, 1, 0.8)])
    third = comparison(ws)
    assert third is not None
    assert len(third.edges.a) == 1


def test_a_pair_told_apart_is_never_merged_and_a_preferred_sample_stays(ws: Workspace) -> None:
    add_pairs(ws, NEAR)
    add_pair_label(ws, Said(3, 2, "distinct", "me"))
    found = comparison(ws)
    assert found is not None
    assert found.groups(0.9).middle.tolist() == [0, 0, 2, 3, 3, 5]
    assert found.groups(0.7).middle[3] == 3
    assert (2, 3) in [(pair.a, pair.b) for pair in found.borderline(0.97)[0]]
    add_pair_label(ws, Said(0, 1, "keep b", "me"))
    again = comparison(ws)
    assert again is not None
    assert again.groups(0.9).middle.tolist() == [1, 1, 2, 3, 3, 5]
    apply_recipe(ws, Recipe(duplicates=Duplicates(threshold=0.9)), "r", "me")
    assert read_duplicates(ws).tolist() == [0, 4]
    add_decisions(ws, [1], Decision("reject", "me"))
    renew_duplicates(ws)
    assert read_duplicates(ws).tolist() == [1, 4]
    undo_pair_label(ws, "me")
    undo_pair_label(ws, "me")
    last = comparison(ws)
    assert last is not None
    assert last.groups(0.95).middle.tolist() == [0, 0, 2, 2, 4, 5]


def test_a_sample_that_is_out_cannot_be_chosen_to_stay(ws: Workspace) -> None:
    add_pairs(ws, NEAR)
    add_decisions(ws, [4], Decision("reject", "me"))
    with pytest.raises(NotReady, match="is out itself"):
        keep_instead(ws, 2, 4, ("me", "press"))
    keep_instead(ws, 2, 3, ("me", "press"))
    found = comparison(ws)
    assert found is not None
    assert found.groups(0.9).middle.tolist() == [0, 0, 3, 3, 3, 5]


def test_samples_are_kept_apart_where_chosen_features_differ_unless_a_person_calls_them_the_same(
    ws: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = ["List 3 rivers", "List 4 rivers", "List 3 rivers, please", "Do not list 3 rivers"]
    add_samples(ws, "more", [Collected(Sample(text), Origin("test", "more", text)) for text in texts])
    add_pairs(ws, [(6, 7, 0.97), (6, 8, 0.96), (6, 9, 0.95)])
    for unless, expected in (
        ((), [6, 6, 6, 6]), (("numbers",), [6, 7, 6, 6]), (("numbers", "negations"), [6, 7, 6, 9])
    ):  # fmt: skip
        found = comparison(ws, Duplicates(unless=unless))
        assert found is not None
        assert found.groups(0.9).middle[6:].tolist() == expected
        apply_recipe(ws, Recipe(duplicates=Duplicates(threshold=0.9, unless=unless)), "r", "me")
        assert current_recipe(ws).duplicates.unless == unless
        assert read_duplicates(ws).tolist() == [n for n, kept in enumerate(expected, 6) if n != kept]
    assert ws.execute("SELECT count(*) FROM pair_facts") == [(3,)]
    add_pair_label(ws, Said(6, 7, "duplicate", "me"))
    # What was found once is read from then on.
    monkeypatch.setattr("curation.stages.differing.differences", None)
    assert renew_duplicates(ws) == 2
    assert read_duplicates(ws).tolist() == [7, 8]


def test_fields_and_ways_to_compare_stand_side_by_side(ws: Workspace) -> None:
    """The reader's choice decides, not what was found last."""
    add_pairs(ws, [(0, 1, 0.9)])
    edges = Edges(np.array([2], np.int32), np.array([3], np.int32), np.array([0.75], np.float32))
    write_pairs(ws, "rouge-l", "instruction", (0.6, len(PROMPTS)), edges)
    by_words = comparison(ws, Duplicates(by="words", field="instruction"))
    assert by_words is not None
    assert by_words.thresholds[0] == 0.6
    assert by_words.scorer is None
    assert by_words.groups(0.7).removed.tolist() == [3]
    by_meaning = comparison(ws)
    assert by_meaning is not None
    assert by_meaning.groups(0.9).removed.tolist() == [1]
    assert comparison(ws, Duplicates(field="output")) is None
    for wanted, gone in (
        (Duplicates(by="words", field="instruction", threshold=0.7), [3]),
        (Duplicates(threshold=0.9), [1]),
    ):
        apply_recipe(ws, Recipe(duplicates=wanted), "r", "me")
        assert read_duplicates(ws).tolist() == gone


def test_a_threshold_on_the_score_follows_what_differs(ws: Workspace) -> None:
    add_pairs(ws, [(0, 1, 0.99), (2, 3, 0.75)])
    found = comparison(ws, Duplicates(by="score"))
    assert found is not None
    assert found.scorer is not None
    assert found.thresholds[0] == 0.05
    assert 0.5 < found.edges.similarity[0] <= 1
    for pair in found.borderline(0.05)[0]:
        assert found.stored(pair) == pytest.approx(0.99 if pair.a == 0 else 0.75)
        assert pair.similarity != found.stored(pair)
    apply_recipe(ws, Recipe(duplicates=Duplicates(by="score", threshold=0.5)), "r", "me")
    assert read_duplicates(ws).tolist() == found.groups(0.5).removed.tolist()


def test_the_order_of_preference_decides_who_stays(ws: Workspace) -> None:
    add_pairs(ws, [(0, 1, 0.99)])
    write_signals(ws, 0, {"judge: rubric overall": [1.0, 5.0]})
    add_decisions(ws, [0], Decision("accept", "me"))
    judge = "judge: rubric overall"
    for prefer, score, stays in (
        (("accepted", "judge score"), judge, 0), (("judge score", "accepted"), judge, 1),
        (("judge score", "earliest"), "", 0), (("judge score",), "never measured", 0), ((), "", 0),
    ):  # fmt: skip
        found = comparison(ws, Duplicates(prefer=prefer, judge_score=score))
        assert found is not None
        assert found.groups(0.9).removed.tolist() == [1 - stays], (prefer, score)
