"""The frame around every page."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Request, expect

from app import PAGES
from tests.browser.steps import go, idle
from tests.dashboard import started

TITLES = [title for group in PAGES.values() for title, _ in group.values()]


@pytest.mark.parametrize("title", TITLES)
def test_every_page_opens_from_the_sidebar(page: Page, shot, title):
    go(page, title)
    expect(page.get_by_test_id("stException")).to_have_count(0)
    shot(title.lower())


def test_no_page_asks_another_host_for_anything(page: Page, dashboard):
    """T25: no telemetry, no font, no script from elsewhere."""
    hosts: set[str] = set()

    def note(request: Request) -> None:
        if request.url.startswith(("http", "ws")):
            hosts.add(urlsplit(request.url).netloc)

    page.on("request", note)
    page.reload()
    for title in TITLES:
        go(page, title)
    assert hosts == {f"127.0.0.1:{dashboard.port}"}


def test_an_address_opened_before_any_other_page_has_the_frame(chromium: Browser, tmp_path):
    """The first request that a fresh server sees is /review: a tab that was left open over a restart."""
    with started(tmp_path / "fresh.duckdb") as fresh:
        page = chromium.new_page(base_url=fresh.url)
        page.goto("/review")
        page.get_by_role("heading", name="Review", exact=True, level=1).wait_for()
        idle(page)
        expect(page.get_by_test_id("stSidebarNav").get_by_role("link")).to_have_count(len(TITLES))
        page.close()


def test_the_policy_blocks_a_foreign_image(chromium: Browser, dashboard):
    """T1: even an image that got into the page is not fetched from another host."""
    page = chromium.new_page(base_url=dashboard.url)
    page.goto("/")
    idle(page)
    blocked = page.evaluate(
        """() => new Promise(done => {
            document.addEventListener('securitypolicyviolation', event => done(event.effectiveDirective));
            const image = document.createElement('img');
            image.src = 'http://canary.example/leak';
            document.body.append(image);
        })"""
    )
    page.close()
    assert blocked == "img-src"
