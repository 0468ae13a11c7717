"""Whose text a sample is."""

from pathlib import Path

import numpy as np
import pytest

from curation.facets import Facets
from curation.sample import Collected, Origin, Sample
from curation.store import Workspace, open_workspace
from curation.store.authors import Authors, count_authors, naming_no_model, written_alone_by
from curation.store.samples import add_samples

MADE = [Sample(f"Task {number}") for number in range(6)]


@pytest.fixture
def ws(tmp_path: Path):
    opened = open_workspace(tmp_path / "w.duckdb")
    yield opened
    opened.close()


def add(ws: Workspace, number: int, model: str = "", *parents: int, place: str = "") -> None:
    origin = Origin("m", "s", place or f"{number}", model=model, parents=tuple(MADE[one].id for one in parents))
    add_samples(ws, "run", [Collected(MADE[number], origin)])


def test_what_a_model_alone_wrote_and_what_a_rule_made_of_it(ws: Workspace) -> None:
    add(ws, 0)
    add(ws, 1, "toy")
    add(ws, 2, "toy")
    add(ws, 2, place="a file of a person")
    add(ws, 3, "", 1)
    add(ws, 4, "", 3)
    add(ws, 5, "", 0)
    assert written_alone_by(ws, "toy").tolist() == [1, 3, 4]
    assert written_alone_by(ws, "other").tolist() == []
    assert naming_no_model(ws, Facets()).tolist() == [0, 5]
    assert naming_no_model(ws, Facets(text="task 5")).tolist() == [5]


def test_another_model_that_started_from_it_wrote_something_of_its_own(ws: Workspace) -> None:
    add(ws, 0, "toy")
    add(ws, 1, "real", 0)
    assert written_alone_by(ws, "toy").tolist() == [0]


def test_a_parent_that_is_not_here_counts_as_another_hand(ws: Workspace) -> None:
    add(ws, 0, "toy")
    add(ws, 1, "", 5)
    assert written_alone_by(ws, "toy").tolist() == [0]


def test_a_model_a_person_or_nobody_says(ws: Workspace) -> None:
    add(ws, 0)
    add(ws, 1, "toy")
    add(ws, 2, "", 1)
    for number in (1, 3):
        add_samples(ws, "run", [Collected(MADE[number], Origin("by hand", "me", "event"))])
    every = np.arange(4, dtype=np.int32)
    assert count_authors(ws, every, "by hand") == Authors(models=2, people=1, unstated=1)
    assert count_authors(ws, every[:1], "by hand") == Authors(models=0, people=0, unstated=1)
    assert count_authors(ws, every[:0], "by hand") == Authors(0, 0, 0)
