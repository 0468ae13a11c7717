"""What a method starts from."""

from pathlib import Path

import pytest

from curation.facets import Facets
from curation.generators import MODEL_GENERATORS
from curation.sample import Collected, Origin, Sample
from curation.stages.seeds import choose_seeds, needs_seeds
from curation.stages.writing import Draft, write_sample
from curation.store import Workspace, open_workspace
from curation.store.samples import add_samples


@pytest.fixture
def ws(tmp_path: Path):
    opened = open_workspace(tmp_path / "w.duckdb")
    yield opened
    opened.close()


def test_seeds_can_be_those_by_people_alone(ws: Workspace) -> None:
    write_sample(ws, Draft("Name a colour."), "Ada", "press-1")
    add_samples(ws, "run", [Collected(Sample("Name a fruit."), Origin("ask", "small", "1", model="small"))])
    assert choose_seeds(ws, Facets(), "all") == choose_seeds(ws, Facets(), "in") == (0, 1)
    assert choose_seeds(ws, Facets(), "people") == (0,)
    assert choose_seeds(ws, Facets(states=("rejected",)), "people") == ()
    assert choose_seeds(ws, Facets(text="fruit"), "in") == (1,)


def test_some_methods_start_from_nothing() -> None:
    assert needs_seeds(MODEL_GENERATORS["self_instruct"]())
    assert needs_seeds(MODEL_GENERATORS["paraphrase_backtranslation"]())
    assert not needs_seeds(MODEL_GENERATORS["ask"](prompt="Name a colour."))
    assert not needs_seeds(MODEL_GENERATORS["magpie"]())
