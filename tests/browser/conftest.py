"""A real Chromium on the real dashboard. A page that logs an error to the console fails its test."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect, sync_playwright

from tests.browser.steps import idle
from tests.dashboard import ROOT, Dashboard

CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
FLAGS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--hide-scrollbars"]
SCREENSHOTS = ROOT / "screenshots"
PATIENCE = 30_000
"""Milliseconds that a page may take to show something: tests are about what comes, benchmarks about how soon."""
expect.set_options(timeout=PATIENCE)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """A browser for one file of tests: while it runs, its event loop keeps others from running in this thread."""
    if not CHROMIUM.exists():
        missing = f"no browser at {CHROMIUM}: install chromium, or name one in CHROMIUM"
        if os.environ.get("CI") or os.environ.get("SIFT_REQUIRE_BROWSER"):
            pytest.fail(missing)
        pytest.skip(missing)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Browser, dashboard: Dashboard) -> Iterator[Page]:
    """A fresh tab of 1440 x 900 on the overview, idle."""
    context = chromium.new_context(viewport={"width": 1440, "height": 900}, base_url=dashboard.url)
    tab = context.new_page()
    errors: list[str] = []
    tab.on("console", lambda message: errors.extend(_complaint(message)))
    tab.on("pageerror", lambda error: errors.append(str(error)))
    tab.goto("/")
    idle(tab)
    yield tab
    context.close()
    assert errors == [], "the browser's console has errors"


@pytest.fixture
def shot(page: Page, request: pytest.FixtureRequest) -> Callable[[str], None]:
    """Keep a picture of the page as screenshots/<test module>-<name>.png."""
    SCREENSHOTS.mkdir(exist_ok=True)
    return lambda name: page.screenshot(path=SCREENSHOTS / f"{request.path.stem}-{name}.png") and None


def _complaint(message: ConsoleMessage) -> list[str]:
    """An error, unless it is the 404 that Streamlit causes when an address such as /map is opened directly."""
    where = message.location["url"]
    deep_link = "404" in message.text and "/_stcore/" in where
    return [f"{message.text} ({where})"] if message.type == "error" and not deep_link else []
