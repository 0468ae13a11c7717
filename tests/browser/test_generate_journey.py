"""A reader's way through Generate with the practice model: previewed, run, reloaded, paused, resumed, read (I17, I18).

The tests share one server and follow on one another, so they run in the order in which they stand here.
"""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from curation.runs import run_now
from curation.stages.importing import recognised_job
from curation.store import open_workspace
from tests.browser.steps import button, choose, go, idle, numbers
from tests.dashboard import ROOT, Dashboard, started

ENDED = 180_000
"""Milliseconds that a run may take on a slow computer."""
SLOW = 60_000
"""Milliseconds that an answer to a click may take where a run is at work."""


@pytest.fixture(scope="module")
def dashboard(tmp_path_factory) -> Iterator[Dashboard]:
    path = tmp_path_factory.mktemp("generate") / "project.duckdb"
    workspace = open_workspace(path)
    run_now(workspace, recognised_job(workspace, str(ROOT / "sample_data" / "seed_tasks.jsonl")))
    workspace.close()
    with started(path) as running:
        yield running


def turn_to(page: Page, view: str) -> None:
    """Choose a part of the page by its switch."""
    page.get_by_role("radio", name=re.compile(view)).click()
    idle(page)


def fill(page: Page, label: str, number: int) -> None:
    field = page.get_by_test_id("stMain").get_by_role("spinbutton", name=label, exact=True).first
    field.fill(str(number))
    field.press("Tab")
    idle(page)


def tick_first_row(page: Page) -> None:
    """Tick the first row of the list; its cells are painted, so that its place is all there is to click on."""
    table = page.get_by_test_id("stDataFrame").last
    whole = page.get_by_role("heading", name="What was asked")
    for _ in range(10):
        table.scroll_into_view_if_needed()
        place = table.bounding_box()
        assert place
        page.mouse.click(place["x"] + 18, place["y"] + 52)
        page.wait_for_timeout(1000)
        if whole.is_visible():
            return
    expect(whole).to_be_visible()


def test_three_samples_are_previewed_with_what_was_dropped(page: Page, shot):
    go(page, "Generate")
    choose(page, "Method", "Self-Instruct")
    choose(page, "^Model", "Practice model")
    fill(page, "Target", 60)
    expect(page.get_by_text("no data to train on")).to_be_visible()
    shot("1-form")
    button(page, "Preview 3").click()
    heading = page.get_by_role("heading", name=re.compile("^Preview: "))
    expect(heading).to_be_visible(timeout=SLOW)
    idle(page)
    assert numbers(heading.text_content())[0] == 3
    shot("1-preview")


def test_a_run_outlives_its_tab_is_paused_resumed_and_ends(page: Page, shot):
    go(page, "Generate")
    fill(page, "Target", 2000)
    fill(page, "Most samples", 500)
    button(page, "^Run$").click()
    expect(page.get_by_text(re.compile("of 500 samples"))).to_be_visible(timeout=SLOW)
    shot("2-running")
    page.reload()
    idle(page)
    turn_to(page, "^Runs")
    button(page, "^Pause$").click()
    expect(page.get_by_text(re.compile("^Paused. Paused by a person"))).to_be_visible(timeout=SLOW)
    idle(page)
    shot("2-paused")
    button(page, "^Resume$").click()
    expect(page.get_by_text(re.compile("^Done. 500 kept"))).to_be_visible(timeout=ENDED)
    idle(page)
    shot("2-done")


def test_what_was_dropped_has_its_reason_and_the_request_behind_it(page: Page, shot):
    go(page, "Generate")
    turn_to(page, "^Runs")
    expect(page.get_by_role("heading", name="Dropped, and why")).to_be_visible()
    turn_to(page, r"^too similar \(")
    tick_first_row(page)
    expect(page.get_by_text("Nearest earlier instructions")).to_be_visible()
    expect(page.get_by_role("alert").filter(has_text="ROUGE-L 0")).to_be_visible()
    expect(page.get_by_text("sift-practice").first).to_be_visible()
    idle(page)
    shot("3-dropped")


def test_what_it_made_is_one_click_away_and_marked(page: Page, shot):
    go(page, "Generate")
    turn_to(page, "^Runs")
    button(page, "Review it one by one").click()
    expect(page.get_by_role("heading", name="Review", exact=True)).to_be_visible(timeout=SLOW)
    expect(page.get_by_test_id("stMain").get_by_text("practice model").first).to_be_visible()
    idle(page)
    shot("4-review")
    shown = numbers(page.get_by_text(re.compile("samples shown")).text_content())[0]
    assert 490 <= shown <= 500  # equal texts among the kept are one sample


def test_a_seed_is_written_by_hand(page: Page, shot):
    go(page, "Generate")
    turn_to(page, "By hand")
    expect(page.get_by_text("What makes a good seed")).to_be_visible()
    page.get_by_label("Instruction").fill("Name a bird of the coast and one thing that it eats.")
    page.get_by_label("Answer").fill("The oystercatcher eats mussels.")
    button(page, "Add sample").click()
    expect(page.get_by_text(re.compile("is in the workspace"))).to_be_visible()
    idle(page)
    shot("5-by-hand")
