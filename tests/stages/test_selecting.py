"""A selection in a workspace: quick ones at once, long ones once and kept, and what they lack is told."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from curation import runs
from curation.errors import BadRecipe, NotReady
from curation.recipe import Recipe, Selection, Shape
from curation.selection import SELECTORS
from curation.stages import selecting
from curation.stages.curating import apply_recipe
from curation.stages.mixed_words import of_selection
from curation.stages.planning import plan
from curation.stages.selecting import choose, select, select_job
from curation.store import Workspace
from curation.store.signals import write_column
from curation.store.topics import replace_topics
from tests.pages.filled import COUNT, filled_workspace

EVERY = np.arange(COUNT, dtype=np.int32)
IN = ("accepted", "kept")


def no_step(_done: int, _size: int) -> None:
    pass


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    opened = filled_workspace(tmp_path / "w.duckdb")
    write_column(opened, "score", EVERY, EVERY.astype(np.float64))
    replace_topics(opened, {"chess": list(range(10)), "rivers": list(range(5, 12))})
    yield opened
    opened.close()


def wanted(name: str, size: int = 8) -> Selection:
    return Selection(method=name, size=size, quality="score")


@pytest.mark.parametrize("name", SELECTORS)
def test_every_way_chooses_from_what_is_in(workspace: Workspace, name: str) -> None:
    found = select(workspace, EVERY, wanted(name))
    assert len(found.numbers) == 8
    assert found.numbers.tolist() == sorted(set(found.numbers.tolist()))
    assert found.inside == COUNT
    assert found.without == (28 if name == "tags_first" else 0)
    assert select(workspace, EVERY[::-1], wanted(name)).numbers.tolist() == found.numbers.tolist()


def test_all_go_on_without_a_method(workspace: Workspace) -> None:
    assert select(workspace, EVERY[:7], Selection()).numbers.tolist() == list(range(7))


def test_the_best_are_those_with_the_highest_number_or_the_lowest(workspace: Workspace) -> None:
    best = Selection(method="quality_first", size=3, quality="score", options=(("most", 1.0),))
    assert select(workspace, EVERY, best).numbers.tolist() == [37, 38, 39]
    lowest = best.model_copy(update={"falling": True})
    assert select(workspace, EVERY, lowest).numbers.tolist() == [0, 1, 2]


def test_what_is_measured_since_counts_at_once(workspace: Workspace) -> None:
    best = Selection(method="quality_first", size=3, quality="score", options=(("most", 1.0),))
    assert 39 in select(workspace, EVERY, best).numbers
    write_column(workspace, "score", EVERY, -EVERY.astype(np.float64))
    assert select(workspace, EVERY, best).numbers.tolist() == [0, 1, 2]


def test_a_choice_that_takes_long_is_made_once_in_a_run_and_kept(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    quick = select(workspace, EVERY, wanted("k_center")).numbers.tolist()
    monkeypatch.setattr(selecting, "QUICK", 0.0)
    with pytest.raises(NotReady, match="press Choose"):
        select(workspace, EVERY, wanted("k_center"))
    with pytest.raises(NotReady, match="press Choose"):
        plan(workspace, IN, Shape(selection=wanted("k_center")))
    told = runs.run_now(workspace, select_job(workspace, EVERY, wanted("k_center")))
    assert told.startswith("8 of 40 samples chosen")
    assert select(workspace, EVERY, wanted("k_center")).numbers.tolist() == quick
    before = workspace.changes
    choose(workspace, EVERY, wanted("k_center"), no_step)
    assert workspace.changes == before
    with pytest.raises(NotReady, match="press Choose"):
        select(workspace, EVERY[1:], wanted("k_center"))


def test_what_a_choice_goes_by_has_to_be_there(workspace: Workspace) -> None:
    with pytest.raises(NotReady, match="no sample has a number"):
        select(workspace, EVERY, Selection(method="quality_first", size=3, quality="nothing"))
    replace_topics(workspace, {})
    with pytest.raises(NotReady, match="no sample has one"):
        select(workspace, EVERY, wanted("tags_first"))


def test_a_choice_of_nothing_says_so(workspace: Workspace) -> None:
    with pytest.raises(NotReady, match="chooses nothing"):
        select(workspace, EVERY[20:], wanted("tags_first"))


def test_fewer_than_wished_are_told(workspace: Workspace) -> None:
    selection = wanted("tags_first", 20)
    assert of_selection(select(workspace, EVERY, selection), selection) == (
        "12 of 40 samples are chosen. 28 could not be, for want of what the choice goes by. 20 were wished, but no "
        "more will do."
    )


@pytest.mark.parametrize(
    ("selection", "said"),
    [
        (Selection(method="best", size=3), "There is no way to choose samples"),
        (Selection(method="quality_first", size=3), 'as "quality" in the recipe'),
        (Selection(method="facility_location", size=3, options=(("weight", 0.5),)), 'as "quality" in the recipe'),
        (Selection(method="k_center", size=3, options=(("speed", 1),)), '"speed" of "k_center" does not fit'),
    ],
)
def test_a_recipe_with_a_selection_that_cannot_be_made_is_not_put_in_force(
    workspace: Workspace, selection: Selection, said: str
) -> None:
    with pytest.raises(BadRecipe, match=said):
        apply_recipe(workspace, Recipe(selection=selection), "mine", "me")
