"""The grid of a run of prompt evolution is counted by what it kept, and each cell leads to its samples."""

import pytest

from curation.errors import NotReady
from curation.generators import PromptEvolution, Refinement
from curation.runs import run_now
from curation.sample import Collected, Origin, Sample
from curation.stages.coverage import read_coverage
from curation.stages.practice import NAME
from curation.stages.synthesis import Order, synthesis_job
from curation.store import open_workspace
from curation.store.browse import count, count_labels, numbers_of
from curation.store.candidates import count_kept
from curation.store.runs import recent_runs
from curation.store.samples import add_samples, read_origins

GRID = {"axes": ("intent", "tone"), "intent": ("compare", "explain", "plan"), "tone": ("neutral", "formal")}


@pytest.fixture
def workspace(tmp_path):
    opened = open_workspace(tmp_path / "w.duckdb")
    text = "It is a good text about people and how they use small things."
    made = [Collected(Sample(f"Explain {thing}.", output=text), Origin("s", "s", thing)) for thing in ("rain", "chess")]
    add_samples(opened, "import-1", made)
    yield opened
    opened.close()


def run(workspace, method):
    run_now(workspace, synthesis_job(workspace, Order(method, NAME, (0, 1))))
    return recent_runs(workspace)[0].id


def test_every_cell_is_there_and_leads_to_as_many_samples_as_it_says(workspace):
    name = run(workspace, PromptEvolution(variants=2, **GRID))
    found = read_coverage(workspace, name)
    assert found.axes == ["intent", "tone"]
    assert len(found.counts) == 6
    assert sum(found.counts.values()) == count_kept(workspace, name)[1] > 0
    assert found.empty == sum(n == 0 for n in found.counts.values()) >= 2
    for row, cells in found.table("intent", "tone").items():
        for column, number in cells.items():
            wanted = found.facets([("intent", row), ("tone", column)])
            if number:
                numbers = numbers_of(workspace, wanted).tolist()
                assert len(numbers) == number
                words = f"intent: {row}; tone: {column}"
                assert {read_origins(workspace, one)[0][1].category for one in numbers} == {words}
    row = max(found.table("intent", "tone").items(), key=lambda one: sum(one[1].values()))
    assert count(workspace, found.facets([("intent", row[0])])) == sum(row[1].values())


def test_a_run_that_made_the_same_again_shows_the_same_grid(workspace):
    first = run(workspace, PromptEvolution(variants=2, **GRID))
    second = run(workspace, PromptEvolution(variants=2, **GRID))
    assert first != second
    assert read_coverage(workspace, first) == read_coverage(workspace, second)


def test_a_grid_of_one_axis_is_a_single_column(workspace):
    found = read_coverage(workspace, run(workspace, PromptEvolution(variants=2, **GRID | {"axes": ("intent",)})))
    table = found.table("intent", "tone")
    assert [list(cells) for cells in table.values()] == [[""]] * 3
    row = next(row for row, cells in table.items() if cells[""])
    assert count(workspace, found.facets([("intent", row), ("tone", "")])) == table[row][""]


def test_other_runs_have_no_grid(workspace):
    with pytest.raises(NotReady, match="prompt evolution"):
        read_coverage(workspace, run(workspace, Refinement()))
    with pytest.raises(NotReady):
        read_coverage(workspace, "import-1")


def test_a_category_is_counted_once_for_each_sample(workspace):
    """Also where two sources of a sample name the same one."""
    twice = [Collected(Sample("Name a river."), Origin("s", "s", ref, "open qa")) for ref in ("1", "2")]
    add_samples(workspace, "import-2", twice)
    facets = read_coverage(workspace, run(workspace, PromptEvolution(variants=1, **GRID))).facets([])
    assert ("open qa", 1) in count_labels(workspace, "category", type(facets)())
