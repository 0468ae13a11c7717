"""Selection and mixture on the Export page: what is asked for is what the plan has, and the recipe keeps it."""

from collections.abc import Iterator

import pytest
from streamlit.testing.v1 import AppTest

from curation import runs
from curation.recipe import Mixture, Recipe, Selection
from curation.stages import selecting
from curation.stages.curating import apply_recipe, current_recipe
from curation.store import Workspace
from curation.store.signals import write_labels
from tests.dashboard import ROOT
from tests.pages.filled import COUNT, filled_workspace

IN = COUNT - 1
"""One of the samples is rejected."""
HALF = Mixture(by="task_type", shares=(("code", 0.5),), repeat=2)


@pytest.fixture
def filled(tmp_path, monkeypatch) -> Iterator[Workspace]:
    monkeypatch.setenv("SIFT_WORKSPACE", str(tmp_path / "w.duckdb"))
    workspace = filled_workspace(tmp_path / "w.duckdb")
    write_labels(workspace, "task_type", {i: "code" if i % 5 == 0 else "<b>chat</b>" for i in range(COUNT)})
    yield workspace
    workspace.close()


def shown() -> AppTest:
    page = AppTest.from_file(ROOT / "app.py", default_timeout=30).run().switch_page("pages/export.py").run()
    assert not page.exception
    return page


def total(page: AppTest) -> int:
    return sum(
        int(metric.value.replace(",", "")) for metric in page.metric if metric.label in ("train", "test", "validation")
    )


def said(page: AppTest) -> str:
    shown_text = "\n".join(one.value for one in (*page.markdown, *page.caption, *page.warning, *page.info))
    return shown_text.replace("\\", "").replace("\u200c", "")


def test_a_cap_and_a_size_count_at_once_and_are_kept_in_the_recipe(filled):
    page = shown()
    assert total(page) == IN
    assert page.button(key="export.keep").disabled
    page.selectbox(key="export.mixture.by").set_value("task_type").run()
    page.number_input(key="export.mixture.most").set_value(6).run()
    assert not page.exception
    assert total(page) == 12
    assert "12 samples go out, from 12 of 39" in said(page)
    page.button(key="export.keep").click().run()
    assert current_recipe(filled).mixture == Mixture(by="task_type", most=6)
    assert total(shown()) == 12


def test_shares_of_the_recipe_stand_in_the_table_and_what_limits_is_told(filled):
    apply_recipe(filled, Recipe(mixture=HALF), "mine", "me")
    page = shown()
    frames = [frame.value for frame in page.dataframe]
    edited = next(frame for frame in frames if "share, %" in frame.columns)
    assert list(edited["label"]) == ["code", "<b>chat</b>"]
    assert edited["share, %"][0] == 50
    found = next(frame for frame in frames if "wanted" in frame.columns)
    assert list(found["got"]) == [16, 16]
    assert "8 repeated" in list(found["why"])
    assert "decides the size: all 8 are taken, with 8 repeats" in said(page)
    assert "<b>" not in "".join(one.value for one in page.markdown)


def test_wishes_that_do_not_go_together_leave_the_recipe_as_it_is(filled):
    apply_recipe(filled, Recipe(mixture=Mixture(by="task_type", counts=(("code", 7),))), "mine", "me")
    page = shown()
    assert total(page) == 7
    page.number_input(key="export.mixture.size").set_value(5).run()
    assert "more than" in said(page)
    assert total(page) == 7


def test_a_mixture_by_what_is_not_there_says_so(filled):
    apply_recipe(filled, Recipe(mixture=Mixture(by="topic", most=2)), "mine", "me")
    page = shown()
    assert "there are no labels here" in said(page)


def test_the_best_are_chosen_by_a_number(filled):
    page = shown()
    page.selectbox(key="export.selection.method").set_value("quality_first").run()
    assert "needs" in said(page)
    page.selectbox(key="export.selection.quality").set_value("words").run()
    page.number_input(key="export.selection.size").set_value(9).run()
    page.number_input(key="export.selection.quality_first.most").set_value(0.8).run()
    assert not page.exception
    assert "9 of 39 samples are chosen" in said(page)
    assert total(page) == 9
    page.button(key="export.keep").click().run()
    kept = Selection(method="quality_first", size=9, quality="words", options=(("most", 0.8),))
    assert current_recipe(filled).selection == kept
    again = shown()
    assert again.number_input(key="export.selection.quality_first.most").value == 0.8
    assert total(again) == 9


def test_a_choice_that_takes_long_waits_for_the_reader(filled, monkeypatch):
    monkeypatch.setattr(selecting, "QUICK", 0.0)
    page = shown()
    page.selectbox(key="export.selection.method").set_value("k_center").run()
    page.number_input(key="export.selection.size").set_value(4).run()
    assert "not chosen yet" in said(page)
    page.button(key="export.selection.choose").click().run()
    for run in runs.running(filled):
        runs.wait(run, 30)
    page.run()
    assert "4 of 39 samples are chosen" in said(page)
    assert total(page) == 4
