"""The sample project opens with one call and twice is once."""

from pathlib import Path

import pytest

from curation.errors import NotReady
from curation.facets import Facets
from curation.stages.exporting import Wanted
from curation.stages.gate import examine
from curation.stages.measuring import unmeasured
from curation.stages.next_steps import next_steps
from curation.stages.planning import plan
from curation.stages.sample_project import LICENCE, OTHERS, open_sample_project, sample_folder
from curation.store import Workspace, open_workspace
from curation.store.browse import count_by, count_states
from curation.store.overview import answer_lengths, count_funnel
from curation.store.runs import recent_runs
from curation.store.samples import count_samples, read_origins


@pytest.fixture(scope="module")
def ws(tmp_path_factory: pytest.TempPathFactory):
    opened = open_workspace(tmp_path_factory.mktemp("sample") / "w.duckdb")
    open_sample_project(opened)
    yield opened
    opened.close()


def test_every_row_is_imported_and_measured(ws: Workspace) -> None:
    """The pool's planted exact repeats become further origins of one sample."""
    rows = sum(len((sample_folder() / name).read_text("utf-8").splitlines()) for name in ("pool.jsonl", *OTHERS))
    funnel = count_funnel(ws)
    assert funnel.collected >= rows
    assert funnel.distinct < funnel.collected
    assert sum(count_states(ws, Facets()).values()) == funnel.distinct == count_samples(ws)
    assert unmeasured(ws) == 0
    assert sum(bar.samples for bar in answer_lengths(ws)) == funnel.distinct


def test_sources_of_the_pool_come_from_its_rows(ws: Workspace) -> None:
    origins = dict(count_by(ws, "origins", Facets()))
    assert {"hand-written", "web Q&A", *OTHERS.values()} <= origins.keys()
    assert not [name for name in origins if name.endswith(".jsonl")]
    _, origin = read_origins(ws, 0)[0]
    assert (origin.ref, origin.category, origin.licence) == ("line 1", "physics", "Apache-2.0")


def test_each_file_is_a_run(ws: Workspace) -> None:
    runs = recent_runs(ws)
    assert [run.kind for run in runs].count("import") >= 1 + len(OTHERS)
    assert {run.status for run in runs} == {"done"}


def test_what_is_left_to_do(ws: Workspace) -> None:
    assert [step.what for step in next_steps(ws)] == ["embed", "filter", "review", "export"]


def test_an_export_is_held_back_by_the_card_numbers_alone(ws: Workspace, tmp_path: Path) -> None:
    wanted = Wanted("demo", ("openai_chat", "trl_preference"), tmp_path, licence=LICENCE)
    lines = examine(ws, wanted, plan(ws, wanted.states, wanted.shape))
    assert [(line.check, line.count) for line in lines if line.blocks] == [("personal_data", 3)]
    assert "(card)" in lines[0].words


def test_twice_is_once(ws: Workspace) -> None:
    before = count_funnel(ws)
    open_sample_project(ws)
    assert count_funnel(ws) == before


def test_a_missing_folder_is_said_before_anything_is_written(tmp_path: Path) -> None:
    empty = open_workspace(tmp_path / "w.duckdb")
    with pytest.raises(NotReady, match=r"pool\.jsonl is missing"):
        open_sample_project(empty, tmp_path)
    assert count_samples(empty) == 0
    assert recent_runs(empty) == []
    assert next_steps(empty) == []
    empty.close()
