"""Samples by two kinds of label at once."""

from contextlib import closing

import pytest

from curation.facets import Facets
from curation.sample import Collected, Origin, Sample
from curation.stages.gaps import around, narrowed
from curation.store import open_workspace
from curation.store.browse import count
from curation.store.crossed import count_crossed
from curation.store.samples import add_samples
from curation.store.signals import write_labels


@pytest.fixture
def ws(tmp_path):
    with closing(open_workspace(tmp_path / "w.duckdb")) as workspace:
        origins = [Origin("f", "a" if at < 4 else "b", f"{at}", category="essay" if at % 2 else "") for at in range(6)]
        add_samples(workspace, "r", [Collected(Sample(str(at)), origin) for at, origin in enumerate(origins)])
        write_labels(workspace, "cluster", {0: "rain", 1: "rain", 2: "sea", 4: "sea", 5: "sea"})
        yield workspace


def test_every_cell_is_counted_and_the_most_surprising_gap_comes_first(ws):
    found = count_crossed(ws, Facets(), "cluster", "origin", (10, 10))
    assert (list(found.rows), list(found.columns)) == ([("sea", 3), ("rain", 2)], [("a", 4), ("b", 2)])
    assert found.cells == [("sea", "a", 1), ("sea", "b", 2), ("rain", "a", 2), ("rain", "b", 0)]
    assert found.empty == [("rain", "b", pytest.approx(2 * 2 / 6))]


def test_facets_narrow_the_grid_and_the_commonest_labels_are_taken(ws):
    found = count_crossed(ws, Facets(origins=("b",)), "cluster", "category", (1, 1))
    assert (list(found.rows), list(found.columns), found.total) == ([("sea", 2)], [("essay", 1)], 2)
    assert found.cells == [("sea", "essay", 1)]
    assert count_crossed(ws, Facets(), "topic", "state", (5, 5)).cells == []


@pytest.mark.parametrize(("rows", "columns"), [("cluster", "origin"), ("category", "method"), ("state", "cluster")])
def test_a_cell_narrows_the_samples_down_to_what_it_counts(ws, rows, columns):
    for row, column, samples in count_crossed(ws, Facets(), rows, columns, (10, 10)).cells:
        facets = narrowed(narrowed(Facets(), rows, row), columns, column)
        assert count(ws, facets) == samples


def test_an_empty_cell_starts_from_its_row_and_column(ws):
    assert around(ws, Facets(), ("cluster", "rain"), ("origin", "b")) == [0, 1, 4, 5]
