"""What changed between a sample and the one that it was made from."""

import pytest

from curation.generators import Refinement
from curation.runs import run_now
from curation.sample import Collected, Origin, Sample
from curation.stages.changes import read_change
from curation.stages.practice import NAME
from curation.stages.revising import By, edit
from curation.stages.synthesis import Order, synthesis_job
from curation.store import open_workspace
from curation.store.samples import add_samples, count_samples

OLD = Sample("Name a river.", output="The Elbe is one.")


@pytest.fixture
def workspace(tmp_path):
    opened = open_workspace(tmp_path / "w.duckdb")
    yield opened
    opened.close()


def add(workspace, sample, *parents, method="by hand"):
    add_samples(workspace, "run", [Collected(sample, Origin(method, "s", sample.id, parents=parents))])
    return count_samples(workspace) - 1


def test_an_edited_answer_is_a_change_of_the_answer(workspace):
    number = edit(workspace, add(workspace, OLD), Sample(OLD.instruction, output="The Oder is one."), By("me", "e1"))
    found = read_change(workspace, number)
    assert (found.what, found.parent) == ("answer", 0)
    assert (found.before, found.after, found.stated) == (OLD.output, "The Oder is one.", ())


def test_where_the_instruction_or_its_input_differs_that_is_shown(workspace):
    add(workspace, OLD)
    for new in (Sample("Name a long river.", output="Another."), Sample(OLD.instruction, "In Asia.", "Another.")):
        found = read_change(workspace, add(workspace, new, OLD.id))
        assert (found.what, found.before, found.after) == ("instruction", OLD.prompt, new.prompt)


@pytest.mark.parametrize(
    ("new", "parents"),
    [
        (Sample("Name a sea.", output="It is."), ()),
        (Sample("Name a sea.", output="It is."), (OLD.id, "0" * 32)),
        (Sample("Name a sea.", output="It is."), ("0" * 32,)),
        (Sample(OLD.instruction, output=OLD.output, rejected="No."), (OLD.id,)),
        (Sample(OLD.instruction), (OLD.id,)),
    ],
    ids=["a seed", "two parents", "a parent that is not here", "a rejected answer was added", "an answer was left out"],
)
def test_else_there_is_no_change(workspace, new, parents):
    add(workspace, OLD)
    assert read_change(workspace, add(workspace, new, *parents)) is None


def test_a_request_that_is_not_here_states_nothing(workspace):
    add(workspace, OLD)
    number = add(workspace, Sample(OLD.instruction, output="The Elbe is a river."), OLD.id, method="refinement")
    assert read_change(workspace, number).stated == ()


def test_a_refined_answer_comes_with_what_the_model_says_it_changed(workspace):
    text = "It is a good text about people and how they use small things. It has a short list of practical ideas."
    for thing in ("Rain", "Chess", "Bread", "Tides", "Wool", "Salt"):
        add(workspace, Sample(f"Explain {thing}.", output=f"{thing}: {text}"))
    run_now(workspace, synthesis_job(workspace, Order(Refinement(), NAME, tuple(range(6)))))
    made = [read_change(workspace, number) for number in range(6, count_samples(workspace))]
    assert made
    for found in made:
        assert found.what == "answer"
        assert found.stated
        assert all(isinstance(change, str) and change for change in found.stated)
