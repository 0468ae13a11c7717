"""A reader's way out: a planted key trips the gate, and nothing is written; for a reason it goes out."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from curation.sample import Collected, Origin, Sample
from curation.stages.measuring import measure
from curation.store import open_workspace
from curation.store.samples import add_samples
from tests.browser.steps import button, go, idle
from tests.dashboard import Dashboard, started

PLANTED = "ghp_" + "a1B2c3D4e5F6" * 3
"""Of the form of a key, and nobody's."""
COUNT = 40
REASON = "the key is invented <b>for</b> this test"


@pytest.fixture(scope="module")
def dashboard(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dashboard]:
    path = tmp_path_factory.mktemp("export") / "project.duckdb"
    workspace = open_workspace(path)
    rows = [Sample(f"What is {i} and {i}?", output=f"{i} and {i} is {2 * i}.") for i in range(COUNT - 1)]
    rows.append(Sample("Which token is used?", output=f"Log in with {PLANTED} and look around."))
    add_samples(workspace, "run", [Collected(one, Origin("alpaca", "a.json", str(i))) for i, one in enumerate(rows)])
    measure(workspace, lambda _done, _requested: None)
    workspace.close()
    with started(path) as running:
        yield running


def exports(dashboard: Dashboard) -> list[Path]:
    folder = dashboard.workspace.parent / "exports"
    return sorted(folder.iterdir()) if folder.exists() else []


def test_t26_a_planted_key_holds_the_export_back_until_somebody_says_why(page: Page, shot, dashboard: Dashboard):
    go(page, "Export")
    start = button(page, "^Export$")
    expect(page.get_by_text("1 line holds the export back")).to_be_visible()
    expect(start).to_be_disabled()
    assert exports(dashboard) == []
    page.get_by_text(re.compile("^Personal data and keys · 1 ·")).click()
    expect(page.get_by_text("No. 39: Which token is used? Log in with [key] and look around.")).to_be_visible()
    assert PLANTED not in page.content()
    reason = page.get_by_role("textbox", name="Why it may go out all the same")
    reason.fill(REASON)
    shot("1-held-back")
    reason.press("Enter")
    expect(start).to_be_enabled()
    expect(page.get_by_text("1 line goes out for a reason, which the manifest keeps")).to_be_visible()
    idle(page)
    shot("2-overridden")
    start.click()
    expect(page.get_by_role("heading", name="Finished exports")).to_be_visible()
    idle(page)
    (folder,) = exports(dashboard)
    gate = {row["check"]: row for row in json.loads((folder / "manifest.json").read_text("utf-8"))["gate"]}
    assert (gate["personal_data"]["reason"], gate["personal_data"]["by"]) == (REASON, "me")
    assert "reason" not in gate["not_compared"]


def test_a_trainer_loads_what_went_out(dashboard: Dashboard, tmp_path: Path):
    from datasets import load_dataset

    (folder,) = exports(dashboard)
    data = load_dataset(str(folder), "openai_chat", cache_dir=str(tmp_path))
    assert sum(len(split) for split in data.values()) == COUNT
    answers = [row["messages"][-1]["content"] for split in data.values() for row in split]
    assert sum(PLANTED in answer for answer in answers) == 1


def test_the_samples_of_a_line_are_shown_and_once_rejected_hold_nothing_back(page: Page, shot):
    go(page, "Export")
    page.get_by_text(re.compile("^Personal data and keys · 1 ·")).click()
    button(page, "^Show these samples$").and_(page.locator(":visible")).click()
    page.get_by_role("heading", name="Review", exact=True, level=1).wait_for()
    idle(page)
    expect(page.get_by_text("1 sample shown")).to_be_visible()
    shot("3-samples")
    button(page, "^Reject").first.click()
    idle(page)
    go(page, "Export")
    expect(page.get_by_text("Nothing holds the export back.")).to_be_visible()
    shot("4-mended")
