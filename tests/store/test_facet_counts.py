"""One look at all facets says the same as a question for each."""

from dataclasses import replace

import pytest

from curation.facets import Facets
from curation.sample import Decision
from curation.store.browse import count, count_by, count_labels, count_states
from curation.store.decisions import add_decisions
from curation.store.facet_counts import count_facets, without
from tests.pages.filled import filled_workspace

SIGNALS = ("verb", "cluster", "language")


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    return filled_workspace(tmp_path_factory.mktemp("facets") / "test.duckdb")


@pytest.mark.parametrize(
    "facets",
    [
        Facets(),
        Facets(states=("kept",)),
        Facets(origins=("pool.jsonl",), tags=("look again",)),
        Facets(methods=("alpaca",), labels=(("verb", "write"), ("cluster", "rivers, bread"))),
        Facets(text="bread", ranges=(("words", 3, None),)),
        Facets(text="nowhere to be found"),
    ],
    ids=str,
)
def test_every_facet_is_counted_as_if_asked_alone(workspace, facets):
    found = count_facets(workspace, facets, SIGNALS)
    assert found.total == count(workspace, facets)
    assert found.states == count_states(workspace, facets)
    for name in ("origins", "methods", "tags"):
        assert found.values[name] == count_by(workspace, name, replace(facets, **{name: ()}))
    for signal in SIGNALS:
        assert found.labels[signal] == count_labels(workspace, signal, without(facets, signal))


def test_of_many_values_the_most_frequent_are_offered(workspace):
    whole = count_facets(workspace, Facets(), SIGNALS)
    assert count_facets(workspace, Facets(), SIGNALS, 1).labels["verb"] == whole.labels["verb"][:1]


def test_a_decision_counts_at_once(workspace):
    before = count_facets(workspace, Facets(), SIGNALS)
    add_decisions(workspace, [20], Decision("reject", "me"))
    add_decisions(workspace, [20], Decision("tag", "me", "new"))
    after = count_facets(workspace, Facets(), SIGNALS)
    assert after.states["rejected"] == before.states["rejected"] + 1
    assert ("new", 1) in after.values["tags"]
