"""The Diversity page: views, wedges as fields and rows, numbers that are computed, kept and said to be out of date."""

from collections.abc import Iterator

import pytest
from streamlit.testing.v1 import AppTest

from curation import runs
from curation.facets import Facets
from curation.sample import Decision
from curation.stages.extracting import EXTRACTOR
from curation.store import Workspace
from curation.store.browse import count
from curation.store.decisions import add_decisions
from curation.store.diversity_numbers import read_diversity
from curation.store.settings import write_setting
from curation.store.signals import forget_signals
from pages._parts.diversity_views import VIEWS
from tests.dashboard import ROOT
from tests.pages.filled import COUNT, filled_workspace


@pytest.fixture
def workspace(tmp_path, monkeypatch) -> Iterator[Workspace]:
    monkeypatch.setenv("SIFT_WORKSPACE", str(tmp_path / "w.duckdb"))
    opened = filled_workspace(tmp_path / "w.duckdb")
    yield opened
    opened.close()


def page(view: str = "", **state: object) -> AppTest:
    opened = AppTest.from_file(ROOT / "app.py", default_timeout=30).run().switch_page("pages/diversity.py")
    if view:
        opened.session_state["diversity.view"] = view
    for key, value in state.items():
        opened.session_state[key.replace("__", ".")] = value
    opened.run()
    assert not opened.exception
    return opened


def charts(opened: AppTest) -> list[str]:
    return [chart.proto.id.split("-")[-1] for chart in opened.get("plotly_chart")]


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.usefixtures("workspace")
def test_each_view_draws_only_its_own(view: str) -> None:
    assert bool([key for key in charts(page(view)) if "sunburst" in key]) == (view == "What they ask for")


@pytest.mark.parametrize("drawing", ["Sunburst", "Treemap", "Table"])
@pytest.mark.usefixtures("workspace")
def test_verbs_and_objects_are_shown_in_three_ways_with_what_they_cover(drawing: str) -> None:
    opened = page(diversity__drawing=drawing)
    assert any("100.0% of 40 instructions have a recognised verb" in each.value for each in opened.caption)
    if drawing == "Table":
        table = opened.dataframe[0].value
        assert list(table.columns) == ["verb", "object", "samples", "share"]
        assert table["samples"].sum() == COUNT
    else:
        assert any(f"diversity.{drawing.lower()}" in key for key in charts(opened))


def test_a_row_of_the_table_narrows_everything_down(workspace: Workspace) -> None:
    """I6, for those who cannot click a wedge."""
    opened = page(diversity__drawing="Table")
    verb, noun = opened.dataframe[0].value.iloc[0][["verb", "object"]]
    wanted = count(workspace, Facets(labels=(("verb", verb), ("object", noun))))
    key = opened.dataframe[0].key
    opened.session_state[key] = {"selection": {"rows": [0], "columns": [], "cells": []}}
    opened.run()
    assert not opened.exception
    assert opened.session_state["facets"] == Facets(labels=(("verb", verb), ("object", noun))).to_query()
    assert any(f"{wanted} samples shown" in each.value for each in opened.sidebar.caption)


def test_numbers_are_computed_once_kept_and_said_to_be_out_of_date(workspace: Workspace) -> None:
    opened = page("Numbers")
    assert any("Nothing is computed yet" in each.value for each in opened.info)
    opened.button(key="diversity.compute").click().run()
    for run in runs.running(workspace):
        runs.wait(run)
    assert read_diversity(workspace, "prompt").rows
    opened = page("Numbers")
    table = opened.dataframe[0].value
    assert list(table.columns)[:4] == ["number", "all collected", "in", "what it means"]
    assert not [each for each in opened.button if each.key == "diversity.compute"]
    assert len([key for key in charts(opened) if "diversity.by_origin" in key]) == 1
    add_decisions(workspace, [9], Decision("reject", "me"))
    opened.run()
    assert any("out of date" in each.value for each in opened.warning)
    assert opened.button(key="diversity.compute").label == "Compute again"


def test_numbers_leave_out_what_the_filters_show_until_they_are_computed_again(workspace: Workspace) -> None:
    page("Numbers").button(key="diversity.compute").click().run()
    for run in runs.running(workspace):
        runs.wait(run)
    chosen = Facets(origins=("pool.jsonl",))
    opened = page("Numbers", facets=chosen.to_query())
    assert any("leave out what the filters show" in each.value for each in opened.info)
    opened.button(key="diversity.compute").click().run()
    for run in runs.running(workspace):
        runs.wait(run)
    assert "shown" in page("Numbers", facets=chosen.to_query()).dataframe[0].value.columns


def test_a_view_asks_for_measuring_only_where_it_needs_it_and_says_what_found_the_verbs(workspace: Workspace) -> None:
    assert any("found by Sift's own rules" in each.value for each in page().caption)
    write_setting(workspace, EXTRACTOR, "some_pipeline 1.0")
    asked = page()
    assert any("earlier version or another choice" in each.value for each in asked.info)
    assert any("found by an earlier version or another extractor" in each.value for each in asked.caption)
    forget_signals(workspace, ["verb", "object"])
    for view in ("What they ask for", "Lengths and kinds", "Numbers", "Coverage", "Compare"):
        asks = [each.key for each in page(view).button if each.key == "diversity.measure"]
        assert bool(asks) == (view == "What they ask for")
