"""Orders of the review queue in a workspace, why a sample is next, and the share that would be accepted."""

from pathlib import Path

import numpy as np
import pytest

from curation.errors import BadInput
from curation.facets import Facets
from curation.recipe import Duplicates, Recipe, Rule
from curation.reviewing.orders import ORDERS
from curation.sample import Collected, Decision, Origin, Sample, Score
from curation.stages.acceptance import FIRST_PLAN, share_accepted
from curation.stages.curating import apply_recipe
from curation.stages.doubting import reasons_for
from curation.stages.queueing import Wanted, queue
from curation.stages.verdicts import SETTING
from curation.store import Workspace, open_workspace
from curation.store.decisions import add_decisions, undo
from curation.store.pairs import Edges, write_pairs
from curation.store.queues import list_plans, read_luck
from curation.store.samples import add_samples
from curation.store.scores import add_scores
from curation.store.settings import write_setting
from curation.store.signals import write_labels, write_signals

COUNT = 600
ALL = Facets()
MADE = [Sample(f"Task {n}.", output=f"Answer {n}.") for n in range(COUNT)]


@pytest.fixture
def ws(tmp_path: Path):
    opened = open_workspace(tmp_path / "w.duckdb")
    add_samples(opened, "run", [Collected(one, Origin("test", "here", str(n))) for n, one in enumerate(MADE)])
    # Values in another order than the numbers; odd ones are in one cluster, of the even ones most in another.
    write_signals(opened, 0, {"words": [float(7 * n % COUNT) for n in range(COUNT)]})
    write_labels(opened, "cluster", {n: "odd" if n % 2 else "even" for n in range(COUNT - 10)})
    yield opened
    opened.close()


def first(ws: Workspace, order: str, limit: int = 200, reviewer: str = "me", facets: Facets = ALL) -> list[int]:
    return queue(ws, Wanted(facets, reviewer, order), limit)


def say(ws: Workspace, action: str, numbers: list[int], reviewer: str = "me") -> None:
    add_decisions(ws, numbers, Decision(action, reviewer))  # type: ignore[arg-type]


@pytest.mark.parametrize("name", [name for name, order in ORDERS.items() if order.among == "open"])
def test_every_order_leaves_out_what_is_decided_and_holds_all_the_rest(ws: Workspace, name: str) -> None:
    before = first(ws, name, COUNT)
    assert sorted(before) == list(range(COUNT))
    say(ws, "accept", before[:3])
    say(ws, "skip", before[3:5])
    assert sorted(first(ws, name, COUNT)) == sorted(before[5:])
    assert set(first(ws, name, COUNT, "another")) == set(before[3:])
    assert set(first(ws, name, COUNT, facets=Facets(text="task 5"))) <= set(before[5:])


def test_an_order_that_is_not_there_is_said(ws: Workspace) -> None:
    with pytest.raises(BadInput, match="no order called"):
        first(ws, "alphabetic")


def test_random_is_the_same_after_a_pause_and_stands_for_all(ws: Workspace) -> None:
    luck = read_luck(ws)
    assert ((luck > 0) & (luck < 1)).all()
    assert len(set(luck.tolist())) == COUNT
    assert abs(luck.mean() - 0.5) < 0.05
    order = first(ws, "random", COUNT)
    assert order == np.argsort(luck).tolist()
    say(ws, "accept", order[:10])
    assert first(ws, "random", COUNT) == order[10:]


def test_clusters_take_turns(ws: Workspace) -> None:
    turns = first(ws, "by cluster", 9)
    assert sorted(n % 2 for n in turns if n < COUNT - 10) == [0, 0, 0, 1, 1, 1]
    say(ws, "accept", [n for n in range(COUNT - 10) if n % 2][:20])
    assert all(n % 2 == 0 or n >= COUNT - 10 for n in first(ws, "by cluster", 20))


def test_second_opinions_are_those_of_one_other_person_and_disputes_are_listed(ws: Workspace) -> None:
    say(ws, "accept", [1, 2, 3], "ann")
    say(ws, "accept", [2], "bob")
    say(ws, "reject", [3], "bob")
    say(ws, "accept", [4], "me")
    assert first(ws, "second opinions") == [1]
    assert set(first(ws, "second opinions", reviewer="ann")) == {4}
    assert first(ws, "disputed") == [3]
    undo(ws, "bob")
    assert first(ws, "disputed") == []
    assert set(first(ws, "second opinions")) == {1, 3}
    say(ws, "skip", [1])
    assert first(ws, "second opinions") == [3]


def test_what_is_close_to_a_bound_of_the_recipe_in_force_comes_first(ws: Workspace) -> None:
    assert reasons_for(ws, 0) == []
    apply_recipe(ws, Recipe(rules=(Rule(signal="words", least=100),)), "r", "me")
    numbers = [7 * n % COUNT for n in first(ws, "doubtful", 10)]
    assert all(abs(value - 100) <= 6 for value in numbers)
    (reason,) = reasons_for(ws, first(ws, "doubtful", 1)[0])
    assert (reason.kind, reason.about) == ("bound", "words")


def test_what_judges_disagree_on_comes_first(ws: Workspace) -> None:
    scores = [
        Score(MADE[n].id, "accuracy", value, "so", model, f"{n} {model}")
        for n, values in {10: (1, 5), 11: (4, 5), 12: (3, 3)}.items()
        for model, value in zip("ab", map(float, values), strict=True)
    ]
    add_scores(ws, "run", "rubric", "v1", scores)
    write_setting(ws, SETTING, '{"rubric": {"version": "v1", "joining": "mean"}}')
    assert first(ws, "doubtful", 2) == [10, 11]
    assert [(part.kind, part.about) for part in reasons_for(ws, 10)] == [("judges", "accuracy")]


def test_what_is_nearly_a_duplicate_comes_first(ws: Workspace) -> None:
    edges = Edges(np.array([5, 7], np.int32), np.array([6, 8], np.int32), np.array([0.9, 0.99], np.float32))
    write_pairs(ws, "model", "prompt", (0.8, COUNT), edges)
    assert reasons_for(ws, 5) == []
    apply_recipe(ws, Recipe(duplicates=Duplicates(threshold=0.905)), "r", "me")
    assert set(first(ws, "doubtful", 2)) == {5, 6}
    assert [part.kind for part in reasons_for(ws, 6)] == ["duplicate"]


def test_a_cluster_that_nobody_looked_at_is_a_reason(ws: Workspace) -> None:
    say(ws, "accept", [n for n in range(COUNT) if n % 2][:50])
    assert [part.kind for part in reasons_for(ws, 2)] == ["cluster"]
    assert reasons_for(ws, 151) == []


def test_the_share_is_estimated_from_what_came_by_chance(ws: Workspace) -> None:
    """What was decided in another order does not count before chance leads to it."""
    good = {n for n in range(COUNT) if 7 * n % COUNT < 420}
    say(ws, "accept", sorted(good)[:60])
    assert share_accepted(ws, Facets()) is None
    for action, chosen in (("accept", good), ("reject", set(range(COUNT)) - good)):
        say(ws, action, [n for n in first(ws, "random", 150) if n in chosen])
    found = share_accepted(ws, Facets())
    assert found
    assert found.low <= 0.7 <= found.high
    assert 140 <= found.labels < 200
    assert share_accepted(ws, Facets(states=("kept",))) is None
    some = share_accepted(ws, Facets(labels=(("cluster", "odd"),)))
    assert some
    assert some.labels < found.labels


def test_plans_are_made_as_decisions_double_and_the_order_follows(ws: Workspace) -> None:
    order = first(ws, "informative", COUNT)
    assert order == first(ws, "random", COUNT)
    for turn in range(3):
        numbers = first(ws, "informative", FIRST_PLAN)
        say(ws, "accept", [n for n in numbers if 7 * n % COUNT < 420])
        say(ws, "reject", [n for n in numbers if 7 * n % COUNT >= 420])
        assert first(ws, "informative", 5)
        assert list_plans(ws) == list(range(1, 1 + min(turn + 1, 2)))
    assert first(ws, "informative", COUNT) != first(ws, "random", COUNT)
    found = share_accepted(ws, Facets())
    assert found
    assert found.low <= 0.7 <= found.high
    assert found.labels >= 170
