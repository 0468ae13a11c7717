"""The splits of the Export page: other names and counts, by which label, and why one is not as asked."""

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from curation.recipe import Recipe, Splits
from curation.sample import Collected, Origin, Sample
from curation.stages.curating import apply_recipe
from curation.store import open_workspace
from curation.store.pairs import Edges, write_pairs
from curation.store.samples import add_samples
from tests.dashboard import ROOT

OWN = Splits(shares=(("main", 0.75), ("side", 0.25)), counts=(("gold", 20),), by="origin")
HOSTILE = "<b>Q</b> ![x](http://canary.example/leak)"


@pytest.fixture
def workspace(tmp_path, monkeypatch):
    monkeypatch.setenv("SIFT_WORKSPACE", str(tmp_path / "w.duckdb"))
    opened = open_workspace(tmp_path / "w.duckdb")
    rows = [Collected(Sample(f"{HOSTILE} {i}", output="A"), Origin("csv", "a.csv", f"{i}")) for i in range(100)]
    add_samples(opened, "run", rows)
    yield opened
    opened.close()


def shown() -> AppTest:
    page = AppTest.from_file(ROOT / "app.py", default_timeout=30).run().switch_page("pages/export.py").run()
    assert not page.exception
    return page


def sizes(page: AppTest) -> dict[str, str]:
    return {
        metric.label: metric.value
        for metric in page.metric
        if metric.label in (*OWN.names, "train", "validation", "test")
    }


def test_splits_of_the_recipe_with_names_of_their_own(workspace):
    apply_recipe(workspace, Recipe(splits=OWN), "own", "me")
    page = shown()
    assert page.toggle(key="export.own").value
    assert page.selectbox(key="export.by").value == "origin"
    assert sizes(page) == {"gold": "20", "main": "60", "side": "20"}
    page.toggle(key="export.own").set_value(False).run()
    assert sizes(page) == {"train": "90", "validation": "5", "test": "5"}


@pytest.mark.usefixtures("workspace")
def test_shares_that_are_too_much_are_refused_and_the_recipe_stays():
    page = shown()
    page.number_input(key="export.validation").set_value(99.0).run()
    assert any("is not a share from 0 to 100" in said.value.replace("\\", "") for said in page.warning)
    assert sizes(page) == {"train": "90", "validation": "5", "test": "5"}


def test_a_group_that_is_too_large_is_told_once_and_harmless(workspace):
    """T1: what a prompt says is shown as it stands."""
    a = np.arange(69, dtype=np.int32)
    write_pairs(workspace, "m", "prompt", (0.7, 100), Edges(a, a + 1, np.full(69, 0.95, np.float32)))
    apply_recipe(workspace, Recipe(splits=OWN), "own", "me")
    page = shown()
    told = [said.value for said in page.warning if "belong together" in said.value]
    assert len(told) == 1
    assert "main 70 for 60, side 10 for 20" in told[0].replace("\\", "")
    assert "One group of 70 samples" in told[0]
    assert "![x](" not in told[0]
    assert "<b>" not in told[0]
    assert sizes(page) == {"gold": "20", "main": "70", "side": "10"}
    assert any("In two splits: 0 of 69 pairs of near" in said.value for said in page.caption)
