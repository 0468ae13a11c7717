"""The Overview page: first run, numbers that lead to samples, and steps that can be undone."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from curation import runs
from curation.facets import Facets
from curation.runs import Job
from curation.sample import Collected, Decision, Origin, Sample
from curation.stages.measuring import measure
from curation.store import Workspace
from curation.store.browse import count_states
from curation.store.decisions import add_decisions
from curation.store.duplicates import write_duplicates
from curation.store.overview import answer_lengths, count_funnel
from curation.store.pairs import Edges
from curation.store.recipes import write_recipe
from curation.store.samples import add_samples, count_samples
from pages._parts import overview_history, overview_start
from pages._parts.facet_bar import STATE

APP = str(Path(__file__).resolve().parents[2] / "app.py")
HOSTILE = "<b>bold</b> [x](http://a.example) :red[r]"


def _fill(ws: Workspace) -> None:
    answers = ["Red", "Blue as the sea on a clear day.", "word " * 40, "Green", "Four words stand here."]
    samples = [Sample(f"Question {i}?", output=answer) for i, answer in enumerate(answers)]
    found = [Collected(s, Origin("alpaca", HOSTILE, f"line {i}")) for i, s in enumerate(samples)]
    add_samples(ws, "import-1", [*found, Collected(samples[0], Origin("alpaca", "again", "line 1"))])


def _shown() -> AppTest:
    at = AppTest.from_file(APP, default_timeout=30).run()
    assert not at.exception
    assert at.title[0].value == "Overview"
    return at


def test_one_click_opens_the_sample_project(ws: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """I23: demo data in one click; embedding starts after it, in the background."""
    monkeypatch.setattr(overview_start, "look_job", lambda _: Job("embed", "test", {}, lambda _run, _step: "mapped"))
    at = _shown()
    at.button(key="overview.sample").click().run()
    assert not at.exception
    assert count_samples(ws) > 500
    assert at.metric[0].value == f"{count_samples(ws):,}"
    assert [run.kind for run in overview_history.recent_runs(ws, 2)] == ["embed", "measure"]


def test_a_missing_sample_folder_is_one_sentence(
    ws: Workspace, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("curation.stages.sample_project.sample_folder", lambda: tmp_path)
    at = _shown()
    at.button(key="overview.sample").click().run()
    assert "is missing" in at.error[0].value
    assert count_samples(ws) == 0


def test_numbers_are_the_ones_in_the_database(ws: Workspace) -> None:
    _fill(ws)
    add_decisions(ws, [0, 1], Decision("accept", "me"))
    add_decisions(ws, [2], Decision("reject", "me"))
    at = _shown()
    assert [metric.value for metric in at.metric] == ["5", "2", "2", "0", "1"]
    assert at.button(key="overview.state.dropped").disabled
    assert len(at.get("plotly_chart")) >= 3


def test_a_number_leads_to_its_samples(ws: Workspace) -> None:
    """I5: the facet behind the number is chosen and the Review page opens."""
    _fill(ws)
    add_decisions(ws, [2], Decision("reject", "me"))
    at = _shown()
    at.button(key="overview.state.rejected").click().run()
    assert not at.exception
    assert at.title[0].value == "Review"
    assert Facets.from_query(at.session_state[STATE]) == Facets(states=("rejected",))


@pytest.mark.parametrize(
    ("chart", "point", "page", "facets"),
    [
        ("overview.funnel", 4, "Review", Facets(states=("accepted", "kept"))),
        ("overview.funnel", 2, "Filters", None),
        ("overview.origins", 0, "Review", Facets(origins=(HOSTILE,))),
        ("overview.lengths", 1, "Review", Facets(ranges=(("words", 1.0, 2.0),))),
        ("overview.lengths", 10, "Review", Facets(ranges=(("words", 1001.0, None),))),
        ("overview.days", 0, "Review", Facets(states=("accepted", "rejected"))),
    ],
)
def test_every_chart_can_be_clicked(ws: Workspace, chart: str, point: int, page: str, facets: Facets | None) -> None:
    """I6: a bar leads to the samples behind it."""
    _fill(ws)
    measure(ws, lambda _done, _of: None)
    add_decisions(ws, [0], Decision("accept", "me"))
    at = AppTest.from_file(APP, default_timeout=30)
    at.session_state[chart] = {"selection": {"points": [], "point_indices": [point], "box": [], "lasso": []}}
    at.run()
    assert not at.exception
    assert at.title[0].value == page
    if facets is not None:
        assert Facets.from_query(at.session_state[STATE]) == facets


def test_what_to_do_next_measures_on_click(ws: Workspace) -> None:
    _fill(ws)
    at = _shown()
    at.button(key="overview.measure").click().run()
    for run in runs.running(ws):
        runs.wait(run, 30)
    at.run()
    assert "overview.measure" not in [button.key for button in at.button]
    assert sum(bar.samples for bar in answer_lengths(ws)) == 5


def test_a_person_outranks_the_recipe_in_every_step(ws: Workspace) -> None:
    """Each number of the funnel is among the one before it, and the last one equals the states."""
    _fill(ws)
    measure(ws, lambda _done, _of: None)
    write_recipe(ws, "r", "", "me", [("words", 3.0, None, (), "", ())])
    import numpy as np

    edge = (np.array([2], np.int32), np.array([1], np.int32), np.array([0.9], np.float32))
    write_duplicates(ws, Edges(*edge))
    add_decisions(ws, [0], Decision("accept", "me"))
    add_decisions(ws, [4], Decision("reject", "me"))
    funnel = count_funnel(ws)
    states = count_states(ws, Facets())
    assert (funnel.collected, funnel.distinct, funnel.pass_rules, funnel.not_duplicates) == (6, 5, 4, 3)
    assert (funnel.kept_in, funnel.rescued) == (2, 1)
    assert funnel.kept_in == states["accepted"] + states["kept"]
