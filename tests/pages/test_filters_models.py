"""The Filters page: benchmarks that samples stand in, and measures that a model makes, from the page to the rule."""

import json

import pytest
from streamlit.testing.v1 import AppTest

from curation import runs
from curation.sample import Collected, Origin, Sample
from curation.stages.contamination import find_contamination
from curation.store.samples import add_samples
from curation.store.signals import list_measured, read_numbers
from tests.dashboard import ROOT
from tests.pages.filled import COUNT, filled_workspace

LONG = "One fine day in the middle of the night two dead men got up to fight, back to back they faced each other."
HOSTILE = f"![x](http://127.0.0.1:9/leak) <script>alert(1)</script> {LONG}"


@pytest.fixture
def filled(tmp_path, monkeypatch):
    monkeypatch.setenv("SIFT_WORKSPACE", str(tmp_path / "w.duckdb"))
    workspace = filled_workspace(tmp_path / "w.duckdb")
    yield workspace
    workspace.close()


def shown(view: str) -> AppTest:
    page = AppTest.from_file(ROOT / "pages/filters.py", default_timeout=30)
    page.session_state["filters.view"] = view
    page.run()
    assert not page.exception
    return page


def finished(workspace, kind):
    for run in runs.running(workspace, kind):
        runs.wait(run, 60)


def errors_after(page, key, workspace, kind):
    """What is said of a run that fails, whether it has ended when the page is drawn first or not."""
    page.button(key=key).click().run()
    said = [error.value for error in page.error]
    finished(workspace, kind)
    return said + [error.value for error in page.run().error]


def test_a_benchmark_is_looked_for_and_a_bound_put_on_what_is_found(filled, tmp_path):
    add_samples(filled, "run2", [Collected(Sample("Tell.", output=HOSTILE), Origin("alpaca", "a", "1"))])
    quiz = tmp_path / "quiz.jsonl"
    quiz.write_text(json.dumps({"question": HOSTILE, "answer": "x"}), "utf-8")
    page = shown("Benchmarks")
    assert page.button(key="filters.benchmarks.look").disabled
    page.text_input(key="filters.benchmarks.path").set_value(str(quiz)).run()
    page.toggle(key="filters.benchmarks.meaning").set_value(False).run()
    page.button(key="filters.benchmarks.look").click().run()
    finished(filled, "contamination")
    page.run()
    assert not page.exception
    assert read_numbers(filled, "benchmark_words")[COUNT] > 23
    page.number_input(key="filters.benchmarks.most.words").set_value(0.0).run()
    assert not page.exception
    kept = next(metric.value for metric in page.metric if metric.label == "Kept by all rules")
    assert kept == f"{COUNT} of {COUNT + 1}"
    table = next(frame.value for frame in page.dataframe if "benchmark" in frame.value.columns)
    assert table["by the draft"].tolist() == ["removed"]
    assert table["place"].tolist() == ["line 1"]
    assert not any("<script" in one.value or "![x](" in one.value for one in page.markdown)


def test_a_file_that_cannot_be_read_is_said_and_nothing_changes(filled, tmp_path):
    page = shown("Benchmarks")
    page.text_input(key="filters.benchmarks.path").set_value(str(tmp_path / "missing.jsonl")).run()
    said = errors_after(page, "filters.benchmarks.look", filled, "contamination")
    assert len(said) == 1
    assert "no file" in said[0]
    assert "benchmark_words" not in list_measured(filled)


def test_no_hit_is_good_news_and_new_samples_are_counted(filled, tmp_path):
    (tmp_path / "quiz.txt").write_text(LONG, "utf-8")
    find_contamination(filled, [str(tmp_path / "quiz.txt")], lambda _done, _requested: None, meaning=False)
    add_samples(filled, "run2", [Collected(Sample("Tell."), Origin("alpaca", "a", "1"))])
    page = shown("Benchmarks")
    assert "No sample shares" in page.success[0].value
    assert any("1 sample has come since" in one.value for one in page.caption)


def test_harm_is_scored_by_the_practice_model_for_what_is_still_in(filled):
    page = shown("Measures and costs")
    assert "39 samples still in." in [one.value for one in page.caption]
    page.button(key="filters.moderation.start").click().run()
    finished(filled, "judge")
    page.run()
    assert not page.exception
    assert "judge: moderation harm" in list_measured(filled)
    assert page.button(key="filters.moderation.start").disabled
    assert any("0 samples have no score" in one.value for one in page.caption)
    page.toggle(key="filters.costs.all").set_value(True).run()
    assert any("1 sample has no score" in one.value for one in page.caption)
    table = next(frame.value for frame in page.dataframe if "tier" in frame.value.columns)
    assert table["tier"].tolist()[:3] == ["Tier 1", "Tier 2", "Tier 3"]
    assert float(table["seconds"].tolist()[0]) >= 0
    assert table["money"].tolist()[-1] == "free"


def test_a_classifier_that_is_not_there_is_said(filled, tmp_path):
    page = shown("Measures and costs")
    assert page.button(key="filters.classifier.start").disabled
    page.text_input(key="filters.classifier.model").set_value(str(tmp_path / "none")).run()
    said = errors_after(page, "filters.classifier.start", filled, "classify")
    assert len(said) == 1
    assert "could not be loaded" in said[0]
