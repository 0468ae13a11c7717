"""Guidelines come in versions, decisions note theirs, and what an earlier one gave can be asked again."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from curation.errors import BadInput
from curation.facets import Facets
from curation.sample import Collected, Decision, Origin, Sample
from curation.stages.guidelines import LONGEST, TEMPLATE, affected, ask_again, publish
from curation.stages.revising import By, edit
from curation.store import Workspace, open_workspace
from curation.store.browse import count_labels, count_reviewed, numbers_of, states_of
from curation.store.decisions import add_decisions, undo
from curation.store.guidelines import list_guidelines, read_guidelines
from curation.store.history import read_steps
from curation.store.queues import waiting
from curation.store.samples import add_samples


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    opened = open_workspace(tmp_path / "w.duckdb")
    add_samples(opened, "run", [Collected(Sample(f"Task {n}."), Origin("t", "h", str(n))) for n in range(5)])
    yield opened
    opened.close()


def test_versions_count_up_and_the_same_text_is_the_same_version(ws: Workspace):
    assert read_guidelines(ws) is None
    assert publish(ws, TEMPLATE, "ann") == 1
    assert publish(ws, f"{TEMPLATE}\r\n", "ben") == 1
    assert publish(ws, "Shorter.", "ben") == 2
    assert [(one.version, one.reviewer) for one in list_guidelines(ws)] == [(2, "ben"), (1, "ann")]
    for wrong in (" \n", "x" * (LONGEST + 1)):
        with pytest.raises(BadInput):
            publish(ws, wrong, "ann")


def test_every_decision_notes_the_version_it_was_made_under_also_in_bulk_and_edits(ws: Workspace):
    add_decisions(ws, [0], Decision("accept", "ann"))
    assert count_labels(ws, "guidelines", Facets()) == []
    publish(ws, "One.", "ann")
    add_decisions(ws, [1, 2], Decision("reject", "ann"))
    publish(ws, "Two.", "ann")
    new = edit(ws, 3, Sample("Changed."), By("ann", "e"))
    assert [step.guideline for step in read_steps(ws)] == [2, 1, 0]
    assert count_labels(ws, "guidelines", Facets()) == [("version 1", 2), ("version 2", 2), ("none yet", 1)]
    assert numbers_of(ws, Facets(labels=(("guidelines", "version 2"),))).tolist() == [3, new]


def test_what_an_earlier_version_gave_is_asked_again_and_holds_until_then(ws: Workspace):
    publish(ws, "One.", "ann")
    add_decisions(ws, [0, 1, 2], Decision("reject", "ann"))
    publish(ws, "Two.", "ann")
    add_decisions(ws, [3], Decision("accept", "ann"))
    assert affected(ws, Facets()) == [0, 1, 2]
    assert affected(ws, Facets(text="task 1")) == [1]
    assert waiting(ws, "open", Facets(), "ann").tolist() == [4]
    step = ask_again(ws, [0, 1, 2], "ann", "press")
    assert waiting(ws, "open", Facets(), "ann").tolist() == [0, 1, 2, 4]
    assert count_reviewed(ws, Facets(), "ann") == (1, 4)
    assert states_of(ws) == ["rejected", "rejected", "rejected", "accepted", "kept"]
    assert affected(ws, Facets()) == []
    add_decisions(ws, [0], Decision("accept", "ben"))
    assert waiting(ws, "open", Facets(), "ann").tolist() == [1, 2, 4]
    assert states_of(ws)[0] == "accepted"
    undo(ws, "ann", step)
    assert waiting(ws, "open", Facets(), "ann").tolist() == [4]
    assert affected(ws, Facets()) == [1, 2]
