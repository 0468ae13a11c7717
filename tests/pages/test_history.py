"""The history on Overview: narrowed down, taken back from any step, done again, carried away and brought in (I22)."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from curation.sample import Collected, Decision, Origin, Sample
from curation.stages.carrying import decisions_file
from curation.store import Workspace, open_workspace
from curation.store.browse import states_of
from curation.store.decisions import add_decisions
from curation.store.samples import add_samples

PAGE = """
from pages._parts.history_carry import show_carry
from pages._parts.history_steps import show_history
from pages._parts.workspace import workspace

show_history(workspace())
show_carry(workspace())
"""


@pytest.fixture
def ws(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workspace]:
    monkeypatch.setenv("SIFT_WORKSPACE", str(tmp_path / "w.duckdb"))
    opened = open_workspace(tmp_path / "w.duckdb")
    add_samples(opened, "run", [Collected(Sample(f"Task {n}."), Origin("t", "h", str(n))) for n in range(4)])
    yield opened
    opened.close()


def shown() -> AppTest:
    page = AppTest.from_string(PAGE, default_timeout=20).run()
    assert not page.exception
    return page


def tick(page: AppTest, row: int) -> AppTest:
    page.session_state["overview.history"] = {"selection": {"rows": [row], "columns": [], "cells": []}}
    page.run()
    assert not page.exception
    return page


@pytest.mark.usefixtures("ws")
def test_without_a_decision_it_says_so() -> None:
    assert "Nobody has decided" in shown().caption[0].value


def test_any_step_can_be_taken_back_and_later_words_are_listed_first(ws: Workspace) -> None:
    add_decisions(ws, [0, 1, 2], Decision("reject", "ann", "**bold**", "a"))
    add_decisions(ws, [1], Decision("accept", "ben", "", "b"))
    page = tick(shown(), 1)
    assert "On 1 sample of 3" in page.warning[0].value
    assert page.dataframe[1].value["who"].tolist() == ["ben"]
    page.button(key="overview.undo.a").click().run()
    assert states_of(ws) == ["kept", "accepted", "kept", "kept"]
    assert "Taken back for 3 samples" in page.success[0].value
    tick(page, 2).button(key="overview.again.a").click().run()
    assert states_of(ws)[:3] == ["rejected"] * 3
    assert "3 decisions" in page.success[0].value


def test_the_history_is_narrowed_down_by_who_what_and_day(ws: Workspace) -> None:
    add_decisions(ws, [0, 1], Decision("reject", "ann", "", "a"))
    add_decisions(ws, [2], Decision("tag", "ben", "x", "b"))
    page = shown()
    assert page.dataframe[0].value["who"].tolist() == ["ben", "ann"]
    page.multiselect(key="overview.history.who").select("ann").run()
    assert page.dataframe[0].value["what"].tolist() == ["rejected"]
    page.multiselect(key="overview.history.what").select("tag").run()
    assert any("No step is like this" in one.value for one in page.caption)
    page.multiselect(key="overview.history.who").unselect("ann").run()
    assert page.dataframe[0].value["note"].tolist() == ["x"]
    before = date(2020, 1, 1)
    page.date_input(key="overview.history.days").set_value([before, before + timedelta(days=1)]).run()
    assert any("No step is like this" in one.value for one in page.caption)


def test_decisions_are_brought_in_and_a_wrong_file_is_one_sentence(ws: Workspace) -> None:
    add_decisions(ws, [0, 1], Decision("reject", "ann", "", "a"))
    page = shown()
    page.file_uploader(key="overview.carry.file").upload("d.jsonl", decisions_file(ws)).run()
    page.button(key="overview.carry.bring").click().run()
    assert "Nothing new" in page.success[0].value
    page = shown()
    page.file_uploader(key="overview.carry.file").upload("d.jsonl", b"{}").run()
    page.button(key="overview.carry.bring").click().run()
    assert "not a file of decisions" in page.error[0].value
