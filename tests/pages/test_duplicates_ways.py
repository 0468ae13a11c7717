"""The ways to compare on the Duplicates page, clicked as a reader does."""

from pathlib import Path

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from curation import runs
from curation.runs import Job
from curation.sample import Collected, Decision, Origin, Sample
from curation.stages import differing
from curation.stages.curating import current_recipe
from curation.store import Workspace, open_workspace
from curation.store.browse import states_of
from curation.store.decisions import add_decisions
from curation.store.duplicates import read_duplicates
from curation.store.pair_facts import read_pair_facts
from curation.store.pairs import Edges, latest_space, read_pairs, write_pairs
from curation.store.samples import add_samples
from curation.store.signals import write_signals

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def ws(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SIFT_WORKSPACE", str(tmp_path / "w.duckdb"))
    opened = open_workspace(tmp_path / "w.duckdb")
    texts = [f"{'Name' if n % 2 else 'Give'} task {n // 2}" for n in range(20)]
    add_samples(opened, "run", [Collected(Sample(text, output="x"), Origin("test", "here", text)) for text in texts])
    near = np.linspace(0.71, 0.98, 10).astype(np.float32)
    even = np.arange(0, 20, 2, dtype=np.int32)
    write_pairs(opened, "m", "prompt", (0.7, 20), Edges(even, even + 1, near))
    yield opened
    opened.close()


def opened(*views: str) -> AppTest:
    page = AppTest.from_file(str(ROOT / "app.py"), default_timeout=20)
    page.switch_page("pages/duplicates.py").run()
    for view in views:
        next(each for each in page.button_group if view in each.options).set_value(view).run()
    assert not page.exception
    return page


def removed(page: AppTest) -> str:
    return next(metric.value for metric in page.metric if metric.label == "Removed")


@pytest.mark.usefixtures("ws")
def test_a_field_without_pairs_offers_to_find_them(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[Job] = []
    monkeypatch.setattr(runs, "start", lambda _workspace, job: started.append(job))
    page = opened("Answer")
    assert "among the answers have not been looked for" in page.info[0].value
    page.button(key="duplicates.find").click().run()
    assert [(job.kind, job.options["field"]) for job in started] == [("embed", "output")]
    assert not page.slider


def test_words_are_compared_by_a_run_and_then_shown_with_a_threshold_of_their_own(
    ws: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = opened("Same words (ROUGE-L)")
    started: list[Job] = []
    monkeypatch.setattr(runs, "start", lambda _workspace, job: started.append(job))
    page.button(key="duplicates.find").click().run()
    assert [job.kind for job in started] == ["lexical"]
    runs.run_now(ws, started[0])
    page.run()
    assert not page.exception
    assert (page.slider[0].min, page.slider[0].value) == (0.6, 0.7)
    page.button(key="duplicates.remove").click().run()
    now = current_recipe(ws).duplicates
    assert (now.by, now.field, now.threshold) == ("words", "instruction", 0.7)
    assert any("(ROUGE-L, instruction)" in caption.value for caption in page.caption)
    assert len(read_duplicates(ws)) == int(removed(page))


def test_the_score_has_its_own_threshold_and_goes_into_the_recipe(ws: Workspace) -> None:
    page = opened("Calibrated score")
    assert (page.slider[0].min, page.slider[0].value) == (0.05, 0.5)
    page.slider[0].set_value(0.3).run()
    page.button(key="duplicates.remove").click().run()
    assert not page.exception
    assert (current_recipe(ws).duplicates.by, current_recipe(ws).duplicates.threshold) == ("score", 0.3)
    assert len(read_duplicates(ws)) == int(removed(page)) > 0


def test_the_reader_chooses_which_one_stays(ws: Workspace) -> None:
    write_signals(ws, 18, {"judge: rubric overall": [1.0, 5.0]})
    page = opened()
    page.slider[0].set_value(0.97).run()
    page.multiselect(key="duplicates.prefer").set_value(["judge score", "longest"]).run()
    page.selectbox(key="duplicates.judge").set_value("judge: rubric overall").run()
    page.button(key="duplicates.remove").click().run()
    assert not page.exception
    assert current_recipe(ws).duplicates.prefer == ("judge score", "longest")
    assert current_recipe(ws).duplicates.judge_score == "judge: rubric overall"
    assert read_duplicates(ws).tolist() == [18]


def test_what_differs_is_looked_for_by_a_button_where_there_are_many_pairs(
    ws: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(differing, "AT_ONCE", 5)
    page = opened("Calibrated score")
    assert "has not been looked for" in page.info[0].value
    assert not page.slider
    started: list[Job] = []
    monkeypatch.setattr(runs, "start", lambda _workspace, job: started.append(job))
    page.button(key="duplicates.differ").click().run()
    assert runs.run_now(ws, started[0]) == "What differs within 10 pairs is known."
    space = latest_space(ws)
    assert space is not None
    assert read_pair_facts(ws, space.id, differing.VERSION, read_pairs(ws, space.id)) is not None
    assert opened("Calibrated score").slider


def test_approximate_pairs_say_how_many_were_found(ws: Workspace) -> None:
    write_pairs(ws, "m", "prompt", (0.7, 20, 0.992), Edges(*(np.zeros(0, t) for t in (np.int32, np.int32, np.float32))))
    assert any("about 99.2%" in caption.value for caption in opened().caption)


@pytest.fixture
def conflicting(ws: Workspace) -> Workspace:
    """Samples 20 to 22 answer the same in three ways, 23 and 24 in two, and 25 repeats 24."""
    texts = [
        ("Colour?", "Red"),
        ("colour", "Blue"),
        ("Colour", "Green"),
        ("Count", "1"),
        ("Count", "2"),
        ("count", "2."),
    ]
    rows = [Collected(Sample(text, output=said), Origin("test", "here", f"{text} {said}")) for text, said in texts]
    add_samples(ws, "run", rows)
    return ws


def tick(page: AppTest, begins: str, row: int) -> AppTest:
    event = page.session_state["duplicates.exact.event"]
    key = next(key for key in (f"{begins}.{event}", f"{begins}.{event}.20") if key in page.session_state)
    page.session_state[key] = {"selection": {"rows": [row], "columns": [], "cells": []}}
    return page


def test_one_group_is_decided_and_undone(conflicting: Workspace) -> None:
    page = opened("Exact copies")
    assert any(caption.value.startswith("2 tasks have the same") for caption in page.caption)
    tick(page, "duplicates.conflicts", 0).run()
    pick = next(each for each in page.button if str(each.key).startswith("duplicates.answers.none."))
    pick.click()
    tick(page, "duplicates.conflicts", 0).run()
    assert not page.exception
    assert [n for n, state in enumerate(states_of(conflicting)) if state == "rejected"] == [20, 21, 22]
    assert any("1 more is settled" in caption.value for caption in page.caption)
    page.button(key="duplicates.exact.undo").click().run()
    assert "rejected" not in states_of(conflicting)


@pytest.mark.parametrize(
    ("button", "state", "numbers"),
    [
        ("duplicates.conflicts.none", "rejected", [20, 21, 22, 23, 24, 25]),
        ("duplicates.conflicts.keep", "accepted", [20, 21, 22, 23, 24, 25]),
        ("duplicates.conflicts.one", "rejected", [20, 21, 23, 24]),
        ("duplicates.repeats.one", "rejected", [24]),
    ],
)
def test_all_groups_are_decided_in_one_step_after_a_question(
    conflicting: Workspace, button: str, state: str, numbers: list[int]
) -> None:
    page = opened("Exact copies")
    page.button(key=button).click().run()
    assert any(f"**{len(numbers)} sample" in each.value for each in page.markdown)
    page.button(key="duplicates.confirm").click().run()
    assert not page.exception
    assert [n for n, one in enumerate(states_of(conflicting)) if one == state] == numbers
    page.button(key="duplicates.exact.undo").click().run()
    assert set(states_of(conflicting)) == {"kept"}


def test_a_question_stays_when_the_page_is_drawn_anew_until_its_samples_are_others(conflicting: Workspace) -> None:
    """F18: as when a run ends meanwhile; what others decided since is not overridden."""
    page = opened("Exact copies")
    page.button(key="duplicates.conflicts.none").click().run()
    page.run()
    add_decisions(conflicting, [21], Decision("accept", "bob"))
    page.button(key="duplicates.confirm").click().run()
    assert "Nothing was done" in page.toast[0].value
    assert "rejected" not in states_of(conflicting)
    page.button(key="duplicates.conflicts.none").click().run()
    assert "opposite on 1 of them" in page.warning[0].value
    page.run()
    assert "opposite on 1 of them" in page.warning[0].value
    page.button(key="duplicates.confirm").click().run()
    assert states_of(conflicting)[20:] == ["rejected", "accepted", *["rejected"] * 4]


def test_a_question_about_samples_that_are_gone_is_not_asked_again(conflicting: Workspace) -> None:
    page = opened("Exact copies")
    page.button(key="duplicates.conflicts.none").click().run()
    add_decisions(conflicting, [20], Decision("reject", "bob"))
    page.run()
    assert not [button for button in page.button if button.key == "duplicates.confirm"]


def test_approximate_pairs_say_how_many_of_all_were_found(ws: Workspace) -> None:
    assert not any("approximate" in caption.value for caption in opened().caption)
    space = latest_space(ws)
    assert space
    write_pairs(ws, "m", "prompt", (0.7, 20, 0.9934), read_pairs(ws, space.id))
    (said,) = (caption.value for caption in opened().caption if "approximate" in caption.value)
    assert "about 99.3% of those from 0.70 upwards" in said
