"""Repair on Review: asked of the practice model, seen word by word, taken or left, also for similar samples."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from curation import runs
from curation.sample import Collected, Origin, Sample
from curation.store import Workspace, open_workspace
from curation.store.browse import states_of
from curation.store.repairs import read_repairs, repair_runs
from curation.store.samples import add_samples, count_samples
from pages._parts.review_walk import STATE

ROOT = Path(__file__).resolve().parents[2]
ANSWER = "The river is long. It is good for ships, and people like it."


@pytest.fixture
def ws(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workspace]:
    monkeypatch.setenv("SIFT_WORKSPACE", str(tmp_path / "w.duckdb"))
    opened = open_workspace(tmp_path / "w.duckdb")
    samples = [Sample(f"Describe river {n}.", output=f"{ANSWER} {n}.") for n in range(8)]
    add_samples(opened, "run", [Collected(one, Origin("t", "h", str(n))) for n, one in enumerate(samples)])
    yield opened
    for run in runs.running(opened):
        runs.wait(run, 30)
    opened.close()


def at_repair() -> AppTest:
    page = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)
    page.switch_page("pages/review.py").run()
    return press(page, "review.repair.")


def press(page: AppTest, name: str) -> AppTest:
    page.button(key=f"{name}{page.session_state[STATE].event}").click().run()
    assert not page.exception
    return page


def test_i15_a_repair_is_seen_first_and_taken_as_one_step(ws: Workspace) -> None:
    page = at_repair()
    page.text_area(key="review.repair.comment").set_value("Say it more clearly.").run()
    assert any("One question" in one.value and "free" in one.value for one in page.text)
    press(page, "review.repair.ask.")
    [(run, _, _)] = repair_runs(ws)
    [made] = read_repairs(ws, run)
    assert count_samples(ws) == 8
    if made.problem:  # the practice model gives some back as they were
        assert "Nothing to take" in page.warning[0].value
        return
    assert any("green-background" in one.value for one in page.markdown)
    press(page, "review.repair.take.")
    assert states_of(ws)[0] == "rejected"
    assert states_of(ws)[8:] == ["accepted"]
    press(page, "review.undo.")
    assert states_of(ws)[0] == "kept"


def test_without_a_comment_nothing_is_asked(ws: Workspace) -> None:
    page = press(at_repair(), "review.repair.ask.")
    assert repair_runs(ws) == []
    assert "Say first" in page.toast[0].value


def test_similar_samples_are_repaired_looked_at_and_taken_in_one_step(ws: Workspace) -> None:
    page = at_repair()
    page.text_area(key="review.repair.comment").set_value("Say it more clearly.").run()
    page.toggle(key="review.similar").set_value(True).run()
    assert "Embed the samples" in page.info[0].value
    page.radio(key="review.similar.which").set_value("All that match the filters").run()
    press(page, "review.similar.start.")
    for run in runs.running(ws):
        runs.wait(run, 30)
    page.run()
    [(run, _, number)] = repair_runs(ws)
    assert number == 7
    good = [one for one in read_repairs(ws, run) if not one.problem]
    assert page.session_state["review.view"] == "Repairs"
    assert f"{len(good)}" in page.button(key="review.repairs.take").label
    page.button(key="review.repairs.take").click().run()
    assert states_of(ws)[8:] == ["accepted"] * len(good)
    assert page.button(key="review.repairs.take").disabled
    page.button(key="review.repairs.undo").click().run()
    assert states_of(ws)[:8] == ["kept"] * 8
