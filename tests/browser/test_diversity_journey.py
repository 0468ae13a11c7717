"""A wedge on Diversity narrows everything down, and what is left is reviewed (I6)."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.steps import button, go, idle, numbers
from tests.dashboard import Dashboard, started
from tests.pages.filled import filled_workspace


@pytest.fixture(scope="module")
def dashboard(tmp_path_factory) -> Iterator[Dashboard]:
    path = tmp_path_factory.mktemp("diversity") / "w.duckdb"
    filled_workspace(path).close()
    with started(path) as running:
        yield running


def shown(page: Page) -> int:
    """How many samples the sidebar says are shown."""
    return numbers(page.get_by_text(re.compile("samples? shown$")).first.text_content())[0]


def test_a_wedge_filters_and_what_is_left_is_reviewed(page: Page, shot):
    go(page, "Diversity")
    before = shown(page)
    wedge = page.locator(".sunburstlayer .slicetext").filter(has_text=re.compile("^translate$", re.IGNORECASE)).first
    wedge.click(force=True)  # the wedge lies over its words
    expect(page.get_by_role("button", name="Show all")).to_be_visible()
    idle(page)
    left = shown(page)
    assert 0 < left < before
    shot("wedge")
    go(page, "Review")
    assert shown(page) == left
    expect(page.get_by_test_id("stMain").get_by_text(re.compile("^Translate ")).first).to_be_visible()
    shot("review")
    button(page, "^Accept").first.click()
    idle(page)
    go(page, "Overview")
    expect(page.get_by_test_id("stMetric").filter(has_text="Accepted")).to_contain_text("5")
