"""From a lasso to a run that is aimed there, with the practice model, and how much of it lands there (I7, I17).

The tests share one server and follow on one another, so they run in the order in which they stand here.
"""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from curation.runs import run_now
from curation.stages.embedding import look_job
from curation.stages.importing import recognised_job
from curation.store import open_workspace
from tests.browser.steps import button, choose, go, idle, numbers
from tests.dashboard import ROOT, Dashboard, started

ENDED = 180_000
"""Milliseconds that a run may take on a slow computer, with what it made embedded and placed."""


@pytest.fixture(scope="module")
def dashboard(tmp_path_factory) -> Iterator[Dashboard]:
    path = tmp_path_factory.mktemp("region") / "project.duckdb"
    workspace = open_workspace(path)
    run_now(workspace, recognised_job(workspace, str(ROOT / "sample_data" / "seed_tasks.jsonl")))
    run_now(workspace, look_job(workspace))
    workspace.close()
    with started(path) as running:
        yield running


def lasso_the_left(page: Page) -> None:
    """Draw around the left half of the map."""
    box = page.get_by_role("application").bounding_box()
    assert box
    left, right = box["x"] + 2, box["x"] + box["width"] * 0.55
    top, bottom = box["y"] + 2, box["y"] + box["height"] - 2
    page.mouse.move(left, top)
    page.mouse.down()
    for corner in [(right, top), (right, bottom), (left, bottom)]:
        page.mouse.move(*corner, steps=6)
    page.mouse.up()
    expect(page.locator(".said")).to_have_text(re.compile(r"^[\d,]+ selected$"))
    idle(page)


def test_a_lasso_is_handed_to_generate(page: Page, shot):
    go(page, "Map")
    expect(page.locator(".map[data-drawn]")).to_be_visible()
    lasso_the_left(page)
    button(page, "Generate here").click()
    page.get_by_role("button", name="Set up the run").click()
    expect(page.get_by_role("heading", name="Generate", exact=True, level=1)).to_be_visible()
    expect(page.get_by_text("selected on the map")).to_be_visible()
    idle(page)
    choose(page, "Method", "Self-Instruct")
    choose(page, "^Model", "Practice model")
    target = page.get_by_test_id("stMain").get_by_role("spinbutton", name="Target", exact=True).first
    target.fill("12")
    target.press("Tab")
    idle(page)
    shot("form")
    button(page, "^Run$").click()
    expect(page.get_by_text("lie in the region that it was aimed at")).to_be_visible(timeout=ENDED)


def test_the_run_tells_the_share_that_landed_in_its_region(page: Page, shot):
    go(page, "Generate")
    page.get_by_role("radio", name=re.compile("^Runs")).click()
    expect(page.get_by_role("heading", name="In the region that it was aimed at")).to_be_visible()
    idle(page)
    shot("run")
    inside, placed = numbers(page.get_by_text(re.compile("new samples that are on the map")).last.text_content())
    assert 0 <= inside <= placed
    assert placed >= 12


def test_the_map_shows_the_region_and_what_landed_there(page: Page, shot):
    go(page, "Generate")
    page.get_by_role("radio", name=re.compile("^Runs")).click()
    idle(page)
    button(page, "See them on the map").click()
    expect(page.locator(".map[data-drawn]")).to_be_visible()
    expect(page.get_by_text(re.compile("lie in the region that it was aimed at"))).to_be_visible()
    idle(page)
    assert numbers(page.get_by_role("heading", name=re.compile("found")).text_content())[0] >= 12
    shot("map")
