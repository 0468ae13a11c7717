"""Samples that people write by hand."""

from pathlib import Path

import pytest

from curation.errors import BadInput
from curation.sample import Sample
from curation.stages.seeds import read_seeds
from curation.stages.writing import METHOD, Draft, write_sample
from curation.store import Workspace, open_workspace
from curation.store.samples import count_samples, read_origins, read_samples


@pytest.fixture
def ws(tmp_path: Path):
    opened = open_workspace(tmp_path / "w.duckdb")
    yield opened
    opened.close()


def test_what_a_person_wrote_is_a_sample_with_their_name(ws: Workspace) -> None:
    number = write_sample(ws, Draft("  Name a colour. ", "", "Red\n", category=" every  day "), "Ada", "press-1")
    assert read_samples(ws, [number]) == [Sample("Name a colour.", output="Red")]
    ((_, origin),) = read_origins(ws, number)
    assert (origin.method, origin.source, origin.category, origin.model) == (METHOD, "Ada", "every day", "")
    (seed,) = read_seeds(ws, [number])
    assert seed.human
    assert not seed.classification


def test_a_classification_task_is_known_as_one(ws: Workspace) -> None:
    number = write_sample(ws, Draft("Good or bad?", "Rain.", "bad", "weather", classification=True), "Ada", "press-1")
    assert read_seeds(ws, [number])[0].classification


def test_n6_a_double_press_is_one_sample(ws: Workspace) -> None:
    draft = Draft("Name a colour.", output="Red")
    assert write_sample(ws, draft, "Ada", "press-1") == write_sample(ws, draft, "Ada", "press-1") == 0
    assert count_samples(ws) == 1
    assert len(read_origins(ws, 0)) == 1


def test_the_same_text_again_is_refused_with_its_place(ws: Workspace) -> None:
    write_sample(ws, Draft("Name a colour.", output="Red"), "Ada", "press-1")
    with pytest.raises(BadInput, match="as sample 0"):
        write_sample(ws, Draft(" Name a colour.", output="Red "), "Grace", "press-2")
    assert len(read_origins(ws, 0)) == 1


def test_an_empty_instruction_is_refused(ws: Workspace) -> None:
    with pytest.raises(BadInput, match="instruction is empty"):
        write_sample(ws, Draft(" \n", "Rain.", "bad"), "Ada", "press-1")
    assert count_samples(ws) == 0
