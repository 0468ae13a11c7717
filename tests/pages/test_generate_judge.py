"""Judging, clicked as a reader does; what counts is what the store holds afterwards."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from curation import runs
from curation.facets import Facets
from curation.judges import JUDGES, Criterion, Rubric
from curation.sample import Collected, Origin, Sample
from curation.stages.rubrics import read_rubrics, save_rubric
from curation.store import Workspace
from curation.store.browse import states_of
from curation.store.runs import recent_runs
from curation.store.samples import add_samples
from curation.store.scores import read_editions
from pages._parts.facet_bar import STATE as FACETS
from pages._parts.generate_start import JUDGE, WHAT

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def filled(ws: Workspace) -> Workspace:
    things = ("tree", "river", "road", "bridge", "gate", "mill")
    samples = [
        Sample(f"Describe a {thing} {n}.", output="It is fine. " * (1 + 5 * n), rejected="No.")
        for n, thing in enumerate(things * 2)
    ]
    add_samples(ws, "run", [Collected(one, Origin("test", "here", one.id)) for one in samples])
    return ws


def opened(judge: str = "rubric") -> AppTest:
    page = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30).switch_page("pages/generate.py")
    page.session_state[WHAT] = JUDGE
    page.session_state["generate.judge.name"] = judge
    page.run()
    assert not page.exception
    return page


def press(page: AppTest, ws: Workspace) -> AppTest:
    page.button(key="generate.judge.start").click().run()
    for run in runs.running(ws, "judge"):
        runs.wait(run, 30)
    page.run()
    assert not page.exception
    return page


@pytest.mark.usefixtures("ws")
def test_an_empty_workspace_says_where_to_go() -> None:
    page = opened()
    assert page.button(key="generate.judge.start").disabled
    assert any("0 to judge" in one.value for one in page.markdown)
    assert any("has not judged anything yet" in one.value for one in page.caption)


@pytest.mark.parametrize("judge", JUDGES)
def test_every_judge_can_be_run_and_shows_what_it_said(filled: Workspace, judge: str) -> None:
    page = press(opened(judge), filled)
    assert read_editions(filled)[0].judge == judge
    assert read_editions(filled)[0].samples == 12
    assert any("12 samples of those shown" in one.value for one in page.caption)
    assert set(states_of(filled)) == {"kept"}
    assert any("0 to judge" in one.value for one in page.markdown)
    assert page.button(key="generate.judge.start").disabled


def test_a_preview_shows_reasons_and_stores_no_score(filled: Workspace) -> None:
    page = opened()
    assert next(metric.label for metric in page.metric) == "Calls, about"
    page.button(key="generate.judge.preview").click().run()
    assert not page.exception
    assert "Preview" in [one.value for one in page.subheader]
    shown = [one.value for one in page.dataframe if "reason" in one.value]
    assert len(shown) == 3
    assert set(shown[0]["criterion"]) >= {"accuracy", "safety"}
    assert read_editions(filled) == []


def test_what_is_judged_follows_the_filters_and_the_most(filled: Workspace) -> None:
    page = opened()
    page.session_state[FACETS] = Facets(text="river").to_query()
    page.run()
    assert any("2 to judge" in one.value for one in page.markdown)
    page.number_input(key="generate.judge.most").set_value(1).run()
    press(page, filled)
    assert read_editions(filled)[0].samples == 1


def test_a_model_of_the_writers_family_needs_a_persons_word(ws: Workspace) -> None:
    sample = Sample("Name a tree.", output="Oak.")
    add_samples(ws, "run", [Collected(sample, Origin("ask", "x", "1", model="sift-practice"))])
    page = opened()
    assert any("own family" in one.value for one in page.warning)
    assert page.button(key="generate.judge.start").disabled
    page.toggle(key="generate.judge.own_family").set_value(True).run()
    press(page, ws)
    assert '"own_family": true' in recent_runs(ws, 1)[0].options
    assert read_editions(ws)[0].samples == 1


def test_a_rubric_is_saved_as_a_version_and_can_be_chosen_again(filled: Workspace) -> None:
    wit = Rubric(rubric=(Criterion(name="wit", asks="Is it funny?"),), most=3)
    assert save_rubric(filled, "Jokes", wit)
    page = opened()
    page.selectbox(key="generate.judge.rubric.chosen").set_value(1).run()
    page.text_input(key="generate.judge.rubric.name").set_value("Jokes again").run()
    page.button(key="generate.judge.rubric.save").click().run()
    assert not page.exception
    assert [one.name for one in read_rubrics(filled)] == ["Jokes again", "Jokes"]
    assert {one.rubric for one in read_rubrics(filled)} == {wit}
    press(page, filled)
    assert read_editions(filled)[0].version == wit.version()


def test_scores_stand_on_the_review_card(filled: Workspace) -> None:
    press(opened(), filled)
    page = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30).switch_page("pages/review.py").run()
    assert not page.exception
    shown = [one.value for one in page.dataframe if "criterion" in one.value]
    assert len(shown) == 1
    assert "clarity" in set(shown[0]["criterion"])
