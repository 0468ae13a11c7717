"""Equal samples and different answers to the same."""

from pathlib import Path

import pytest

from curation.recipe import Recipe, Rule
from curation.sample import Collected, Decision, Origin, Sample
from curation.stages.curating import apply_recipe
from curation.stages.equal import Equal, Same, equal_samples
from curation.store import Workspace, open_workspace
from curation.store.decisions import add_decisions, undo
from curation.store.samples import add_samples
from curation.store.signals import write_signals

SAMPLES = [
    Sample("Name a colour.", output="Red"),
    Sample("name a  COLOUR", output="red."),
    Sample("Name a colour", output="Blue, I think"),
    Sample("Name a colour", input="of the sky", output="Blue"),
    Sample("Name a colour", system="Be brief.", output="Green"),
    Sample("Count.", output="1"),
    Sample("Count.", output="1 2"),
]


@pytest.fixture
def ws(tmp_path: Path):
    workspace = open_workspace(tmp_path / "w.duckdb")
    add_samples(workspace, "run", [Collected(one, Origin("test", "here", str(n))) for n, one in enumerate(SAMPLES)])
    yield workspace
    workspace.close()


def test_equal_samples_are_told_from_different_answers(ws: Workspace) -> None:
    """The same instruction with another input or system prompt asks something else."""
    assert equal_samples(ws) == Equal((Same((1, 0), 1),), (Same((2, 1, 0), 2), Same((6, 5), 2)), 0)


def test_what_is_out_leaves_nothing_to_decide_and_undo_brings_it_back(ws: Workspace) -> None:
    add_decisions(ws, [5, 6], Decision("reject", "me"))
    assert equal_samples(ws) == Equal((Same((1, 0), 1),), (Same((2, 1, 0), 2),), 1)
    add_decisions(ws, [0, 2], Decision("reject", "me"))
    assert equal_samples(ws) == Equal((), (), 2)
    for _ in range(2):
        undo(ws, "me")
    assert len(equal_samples(ws).conflicts) == 2


def test_a_task_of_which_all_answers_are_accepted_is_settled(ws: Workspace) -> None:
    add_decisions(ws, [5], Decision("accept", "me"))
    assert equal_samples(ws).conflicts[1] == Same((5, 6), 2)
    add_decisions(ws, [6], Decision("accept", "me"))
    assert equal_samples(ws).settled == 1


def test_what_a_rule_drops_conflicts_with_nothing(ws: Workspace) -> None:
    write_signals(ws, 0, {"words": [1.0, 1, 3, 1, 1, 1, 2]})
    apply_recipe(ws, Recipe(rules=(Rule(signal="words", least=2),)), "r", "me")
    assert equal_samples(ws) == Equal((), (), 2)


def test_samples_that_came_later_are_looked_at(ws: Workspace) -> None:
    add_samples(ws, "run", [Collected(Sample("COUNT", output="one"), Origin("test", "here", "9"))])
    assert equal_samples(ws).conflicts[0] == Same((6, 7, 5), 3)
