"""Two states of the data on the Diversity page."""

import pytest
from streamlit.testing.v1 import AppTest

from curation import runs
from curation.store.diversity_numbers import read_diversity
from tests.dashboard import ROOT
from tests.pages.filled import filled_workspace


@pytest.fixture
def ws(tmp_path, monkeypatch):
    monkeypatch.setenv("SIFT_WORKSPACE", str(tmp_path / "w.duckdb"))
    opened = filled_workspace(tmp_path / "w.duckdb")
    yield opened
    opened.close()


def page(way):
    opened = AppTest.from_file(ROOT / "app.py", default_timeout=30).switch_page("pages/diversity.py")
    opened.session_state["diversity.view"] = "Compare"
    opened.session_state["diversity.compare.way"] = way
    opened.run()
    assert not opened.exception
    return opened


def choose(opened, side, words):
    box = opened.selectbox(key=f"diversity.compare.{side}")
    box.set_value(next(option for option in box.options if option.startswith(words))).run()
    assert not opened.exception


def said(opened):
    return " ".join(str(one.value) for kind in (opened.caption, opened.info, opened.markdown) for one in kind)


@pytest.mark.usefixtures("ws")
def test_rows_in_and_out_and_what_shifts():
    opened = page("Rows in and out")
    assert {one.label: one.value for one in opened.metric}["Only in A (out)"] == "1", "one sample is rejected"
    assert "1 sample: Only in A" in said(opened)
    choose(opened, "A", "Origin seeds")
    choose(opened, "B", "Origin pool")
    assert {one.label: one.value for one in opened.metric}["Only in B (in)"] == "20"
    opened.segmented_control(key="diversity.compare.way").set_value("Shifts").run()
    assert not opened.exception
    assert {"#### Verb", "#### Cluster"} <= {one.value for one in opened.markdown}
    choose(opened, "B", "Origin seeds")
    assert "the very same samples" in said(opened)


def test_numbers_are_computed_in_the_background_or_too_few_are_said(ws):
    opened = page("Numbers")
    assert "need 40 samples and more" in said(opened)
    assert read_diversity(ws, "snapshots").rows == ()
    assert runs.running(ws) == []
