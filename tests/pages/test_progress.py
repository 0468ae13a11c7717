"""The line of a run on a page: pause it, find it standing, resume it or give it up."""

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from curation import runs
from curation.store import Workspace, open_workspace
from curation.store.plans import Plan, add_plan
from curation.store.runs import read_run

PAGE = """
from curation.errors import NotReady
from curation.runs import Job, resume
from pages._parts.progress import show_progress
from pages._parts.workspace import workspace
import threading

ws = workspace()

def again(run):
    def work(run, step):
        step(5, 5)
        return "Five made."
    resume(ws, run, Job("generate", "x", {}, work))

show_progress(ws, resume=again)
"""


@pytest.fixture
def ws(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workspace]:
    path = tmp_path / "w.duckdb"
    monkeypatch.setenv("SIFT_WORKSPACE", str(path))
    workspace = open_workspace(path)
    yield workspace
    for run in runs.running(workspace):
        runs.cancel(run)
        runs.wait(run, 10)
    workspace.close()


def started(workspace: Workspace) -> str:
    going = threading.Event()

    def work(run: str, step: runs.Step) -> str:
        add_plan(workspace, run, Plan({}, []))
        while True:
            step(2, 5)
            going.set()
            time.sleep(0.005)

    run = runs.start(workspace, runs.Job("generate", "x", {}, work))
    assert going.wait(10)
    return run


def status(workspace: Workspace, run: str) -> str:
    found = read_run(workspace, run)
    assert found is not None
    return found.status


def test_a_run_is_paused_and_resumed_by_its_buttons(ws: Workspace) -> None:
    run = started(ws)
    page = AppTest.from_string(PAGE).run(timeout=20)
    page.button(key=f"progress.pause.{run}").click().run()
    runs.wait(run, 10)
    assert status(ws, run) == "paused"
    page.run()
    [line] = page.info
    assert "is paused at 2" in line.value
    page.button(key=f"progress.resume.{run}").click().run()
    runs.wait(run, 10)
    assert status(ws, run) == "done"
    page.run()
    assert not page.info
    assert not page.exception


def test_a_run_that_stands_can_be_given_up_and_a_late_press_is_no_error(ws: Workspace) -> None:
    run = started(ws)
    runs.pause(run)
    runs.wait(run, 10)
    first = AppTest.from_string(PAGE).run(timeout=20)
    second = AppTest.from_string(PAGE).run(timeout=20)
    first.button(key=f"progress.give_up.{run}").click().run()
    assert status(ws, run) == "cancelled"
    assert not first.info
    second.button(key=f"progress.resume.{run}").click().run()
    runs.wait(run, 10)
    assert status(ws, run) == "done"
    second.run()
    assert not first.exception
    assert not second.exception


OTHERS = """
from pages._parts.progress import show_progress
from pages._parts.workspace import workspace

show_progress(workspace(), "measure")
"""


def test_what_came_of_a_run_is_told_by_a_page_that_shows_other_kinds_too(ws: Workspace) -> None:
    """It was forgotten where two calls on one page showed different kinds and it ended between them."""
    run = started(ws)
    page = AppTest.from_string(OTHERS, default_timeout=10)
    page.session_state["progress.running"] = [run]
    page.run()
    assert not page.info
    runs.cancel(run)
    runs.wait(run, 10)
    page.run()
    assert "Stopped by a person" in page.info[0].value
    assert not page.run().info
