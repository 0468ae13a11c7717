"""Numbers for how varied groups are: stored, said to be out of date, the same again, too few said so."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from curation import runs
from curation.diversity.metrics import METRICS
from curation.errors import NotReady
from curation.facets import Facets
from curation.sample import Collected, Decision, Origin, Sample
from curation.stages.diversity_numbers import compute, numbers_job, stamp_of
from curation.store import Workspace, open_workspace
from curation.store.decisions import add_decisions
from curation.store.diversity_numbers import Number, read_diversity
from curation.store.samples import add_samples
from tests.pages.filled import filled_workspace


def nothing(_done: int, _requested: int) -> None:
    """A step that nobody watches."""


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    opened = filled_workspace(tmp_path / "w.duckdb")
    yield opened
    opened.close()


def by_group(workspace: Workspace) -> dict[tuple[str, str, str], Number]:
    return {(row.kind, row.name, row.metric): row for row in read_diversity(workspace, "prompt").rows}


def test_every_number_is_kept_for_all_for_what_is_in_and_for_each_origin(workspace: Workspace) -> None:
    steps: list[tuple[int, int]] = []
    note = compute(workspace, "prompt", Facets(), lambda done, requested: steps.append((done, requested)))
    assert note.startswith(f"{len(METRICS)} numbers computed for 4 groups")
    found = by_group(workspace)
    assert set(found) == {
        (*group, name)
        for group in (("all", ""), ("in", ""), ("origin", "pool.jsonl"), ("origin", "seeds.jsonl"))
        for name in METRICS
    }
    assert steps[-1] == (4 * len(METRICS), 4 * len(METRICS))
    one = found["all", "", "vendi"]
    assert (one.samples, one.size, one.draws, one.seed) == (40, 10, 20, 0)
    assert one.low < one.value < one.high
    assert one.model.startswith("all-MiniLM")
    assert found["all", "", "distinct"].model == ""
    assert found["all", "", "distinct"].words == sum(len(text.split()) for text in _instructions(workspace))
    # 39 are in: number 4 is rejected. No source names categories.
    assert found["in", "", "distinct"].samples == 39
    assert (found["all", "", "categories"].value, found["all", "", "categories"].samples) == (None, 0)


def test_the_same_samples_give_the_same_numbers_and_a_decision_makes_them_out_of_date(workspace: Workspace) -> None:
    compute(workspace, "prompt", Facets(), nothing)
    first = read_diversity(workspace, "prompt")
    assert first.stamp == stamp_of(workspace)
    compute(workspace, "prompt", Facets(), nothing)
    assert read_diversity(workspace, "prompt").rows == first.rows
    add_decisions(workspace, [9], Decision("reject", "me"))
    assert first.stamp != stamp_of(workspace)
    add_samples(workspace, "run", [Collected(Sample("One more."), Origin("alpaca", "pool.jsonl", "line 99"))])
    assert first.stamp != stamp_of(workspace)


def test_what_the_filters_show_is_a_group_of_its_own(workspace: Workspace) -> None:
    chosen = Facets(labels=(("verb", "write"),))
    run = runs.start(workspace, numbers_job(workspace, "prompt", chosen))
    runs.wait(run)
    found = by_group(workspace)
    # Ten samples: half of a collection is drawn at most, so ten are too few for draws of ten.
    assert found["shown", chosen.to_query(), "distinct"].samples == 10
    assert found["shown", chosen.to_query(), "distinct"].value is None


def test_answers_are_kept_beside_instructions_and_have_no_vectors_here(workspace: Workspace) -> None:
    compute(workspace, "output", Facets(), nothing)
    rows = {row.metric: row for row in read_diversity(workspace, "output").rows if row.kind == "all"}
    assert rows["distinct"].value is not None
    assert (rows["vendi"].value, rows["vendi"].samples) == (None, 0)
    assert read_diversity(workspace, "prompt").rows == ()


def test_too_few_samples_are_said_to_be_too_few(tmp_path: Path) -> None:
    with pytest.raises(NotReady, match="40 and more"):
        compute(open_workspace(tmp_path / "empty.duckdb"), "prompt", Facets(), nothing)


def _instructions(workspace: Workspace) -> list[str]:
    return [str(text) for (text,) in workspace.execute("SELECT instruction FROM samples")]
