"""What stands beside a plan on the Export page: guidance, costs, and the plan against random samples."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from curation import runs
from curation.diversity.metrics import METRICS
from curation.sample import Collected, Origin, Sample
from curation.stages.outlay import per_hour
from curation.store import Workspace
from curation.store.diversity_numbers import Number
from curation.store.samples import add_samples
from pages._parts.export_subset_chart import Pair
from tests.dashboard import ROOT
from tests.pages.filled import COUNT, filled_workspace

PART = """
import numpy as np
import streamlit as st
from curation.home import workspace_path
from curation.store import open_workspace
from pages._parts.export_subset import show_subset

show_subset(open_workspace(workspace_path()), np.arange({chosen}, dtype=np.int32), np.arange({inside}, dtype=np.int32))
"""


@pytest.fixture
def filled(tmp_path: Path, monkeypatch) -> Iterator[Workspace]:
    monkeypatch.setenv("SIFT_WORKSPACE", str(tmp_path / "w.duckdb"))
    workspace = filled_workspace(tmp_path / "w.duckdb")
    yield workspace
    workspace.close()


@pytest.fixture
def page(filled: Workspace) -> AppTest:
    assert filled.path
    shown = AppTest.from_file(ROOT / "app.py", default_timeout=30).run().switch_page("pages/export.py").run()
    assert not shown.exception
    return shown


def costs(page: AppTest) -> dict[str, list[str]]:
    table = next(frame.value for frame in page.dataframe if "what is left" in frame.value)
    return {name: cells for name, *cells in table.itertuples(index=False, name=None)}


def said(page: AppTest) -> str:
    return "\n".join(one.value for one in (*page.text, *page.caption, *page.markdown)).replace("\\", "")


def test_the_size_of_the_plan_is_placed_among_goals(page):
    assert f"With {COUNT - 1} samples the plan is 11 short of “One narrow task" in said(page)
    assert "LIMA" in said(page)
    assert f"(the plan has {6000 - COUNT + 1:,} too few)" in said(page)
    assert "(the plan has 63,967 too few)" in said(page)  # no sample has a rejected answer


def test_where_nothing_is_known_of_costs_the_page_says_so(page):
    assert costs(page) == {
        "to decide on, by a person": [f"{COUNT - 5}"],
        "hours of that person": ["unknown"],
        "paid to that person": ["unknown"],
        "paid to a judge instead": ["unknown"],
        "to write, by a model": ["0"],
        "paid to that model": ["$0"],
    }
    for words in ("No pace is known yet", "No model was paid to write samples", "No model was paid to judge"):
        assert words in said(page)


def test_an_hour_is_kept_and_a_target_gets_its_column(page, filled):
    page.number_input(key="export.outlay.per_hour").set_value(30.0).run()
    page.number_input(key="export.outlay.target").set_value(1000).run()
    assert not page.exception
    assert per_hour(filled) == 30.0
    assert costs(page)["to write, by a model"] == ["0", f"{1000 - COUNT + 1}"]
    assert costs(page)["to decide on, by a person"] == [f"{COUNT - 5}", "996"]


def test_a_plan_that_takes_all_has_nothing_to_be_compared_with(page):
    assert "The plan takes all that is in." in said(page)
    assert "export.subset.compute" not in {button.key for button in page.button}


def part(chosen: int, inside: int = COUNT) -> AppTest:
    shown = AppTest.from_string(PART.format(chosen=chosen, inside=inside), default_timeout=30).run()
    assert not shown.exception
    return shown


def more(workspace: Workspace, count: int) -> None:
    made = [Sample(f"Tell of thing {at} in {at % 7} words.", output=f"Thing {at}.") for at in range(count)]
    add_samples(workspace, "more", [Collected(one, Origin("test", "here", one.instruction)) for one in made])


def test_the_plan_against_random_samples_is_computed_at_a_press_and_belongs_to_that_plan(filled):
    more(filled, 60)
    assert "need 40 samples" in said(part(39, 100))
    shown = part(60, 100)
    assert "Not computed for this plan yet" in said(shown)
    shown.button(key="export.subset.compute").click().run()
    for run in runs.running(filled):
        runs.wait(run, 30)
    shown.run()
    assert not shown.exception
    table = shown.dataframe[0].value.set_index("number")
    assert table.loc["Compression ratio", "samples"] == 60
    assert set(table["the plan is"]) <= {"more varied", "less varied", "nothing clear", "not known"}
    assert "from the plan and from all 100 that are in" in said(shown)
    assert [chart.proto.alt[:32] for chart in shown.get("plotly_chart")] == ["Difference of the plan from rand"]
    shown.segmented_control(key="export.subset.text").set_value("Answers").run()
    assert "Not computed for this plan yet" in said(shown)
    assert "Not computed for this plan yet" in said(part(61, 100))


def test_the_chart_turns_numbers_of_which_less_is_more_varied_around():
    def number(value: float | None, half: float = 1.0) -> Number:
        ends = (None, None) if value is None else (value - half, value + half)
        return Number("chosen", "", "x", value, *ends, 60, 600, 10, 20, 0, "")

    up = Pair(METRICS["vendi"], number(12), number(10))
    assert up.ends(up.chosen) == pytest.approx((20, 10, 30))
    down = Pair(METRICS["compression"], number(12), number(10))
    assert down.ends(down.chosen) == pytest.approx((-20, -30, -10))
    assert Pair(METRICS["vendi"], number(None), number(10)).ends(number(None)) is None
    assert Pair(METRICS["vendi"], number(1), number(0)).ends(number(1)) is None
