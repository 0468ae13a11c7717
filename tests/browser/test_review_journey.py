"""Review with the keyboard in a real browser: fast presses, two tabs at once. What counts is what the file holds."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from curation.sample import Collected, Origin, Sample
from curation.store import Workspace, open_workspace
from curation.store.browse import states_of
from curation.store.decisions import said_of
from curation.store.samples import add_samples
from tests.browser.conftest import SCREENSHOTS
from tests.browser.steps import idle, numbers
from tests.dashboard import started

SAMPLES = 60
PRESSES = 20
LINE = re.compile(r"^No\. [\d,]+ ·")
# What is in sight whenever a key goes down.
WATCH = r"""() => {
  window.seen = [];
  const line = () => [...document.querySelectorAll('[data-testid=stText]')].map(one => one.textContent)
    .find(text => /^No\. /.test(text));
  addEventListener('keydown', () => window.seen.push(line() ?? 'nothing'), true);
}"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    ws = open_workspace(tmp_path / "w.duckdb")
    made = [Sample(f"Name {n} blue things.", output="The sea, the sky.") for n in range(SAMPLES)]
    add_samples(ws, "run", [Collected(one, Origin("test", "here", str(n))) for n, one in enumerate(made)])
    ws.close()
    return ws.path


def opened(chromium: Browser, url: str) -> Page:
    page = chromium.new_context(viewport={"width": 1440, "height": 900}).new_page()
    page.goto(f"{url}/review")
    expect(page.get_by_text(LINE)).to_be_visible()
    idle(page)
    return page


def accepted(ws: Workspace) -> list[int]:
    """The samples of all events in order; each is an accept."""
    said = sorted((one.seq, number, one.action) for number in range(SAMPLES) for one in said_of(ws, number))
    assert {action for _, _, action in said} == {"accept"}
    return [number for _, number, _ in said]


def test_twenty_presses_are_twenty_events_and_none_is_about_a_sample_out_of_sight(
    chromium: Browser, path: Path
) -> None:
    """I2: each as soon as the next sample is in sight; then at 100 ms, whatever the server is busy with: no doubles."""
    with started(path) as dashboard:
        page = opened(chromium, dashboard.url)
        for turn in range(PRESSES):
            expect(page.get_by_text(f"No. {turn} ·")).to_be_visible()
            idle(page)
            page.keyboard.press("a")
        expect(page.get_by_text(f"No. {PRESSES} ·")).to_be_visible()
        idle(page)
        page.evaluate(WATCH)
        for _ in range(PRESSES):
            page.keyboard.press("a")
            page.wait_for_timeout(100)
        idle(page)
        seen = [numbers(line)[0] for line in page.evaluate("window.seen")]
        page.context.close()
    ws = open_workspace(path)
    events = accepted(ws)
    ws.close()
    # How many of the fast ones find a new sample in sight depends on the machine.
    assert len(seen) == PRESSES
    assert events[:PRESSES] == list(range(PRESSES))
    fast = events[PRESSES:]
    assert fast == sorted(set(fast))
    assert set(fast) <= set(seen)


def test_the_tab_that_is_behind_is_told_and_late_presses_decide_nothing(chromium: Browser, path: Path) -> None:
    """F18: two tabs on one sample; the second press does not land, nor do the ones that follow it too fast."""
    with started(path) as dashboard:
        first, second = opened(chromium, dashboard.url), opened(chromium, dashboard.url)
        pressed(first, "a", "No. 1 ·")
        pressed(second, "x", "Already accepted by me")
        SCREENSHOTS.mkdir(exist_ok=True)
        second.screenshot(path=SCREENSHOTS / "test_review_journey-overtaken.png")
        for _ in range(3):
            pressed(second, "x", "No. 0 ·")
        pressed(second, "o", "No. 1 ·")
        # The first tab accepts the next one; the second keeps that.
        pressed(first, "a", "No. 2 ·")
        pressed(second, "x", "Already accepted by me")
        pressed(second, "t", "No. 2 ·")
        pressed(second, "f", "Flagged")
        pressed(second, "5", "No. 2 ·")
        for page in (first, second):
            page.context.close()
    ws = open_workspace(path)
    said = [[(one.action, one.value) for one in said_of(ws, number)] for number in range(3)]
    assert said == [[("accept", ""), ("reject", "")], [("accept", "")], [("flag", ""), ("rate", "5")]]
    assert states_of(ws)[:3] == ["rejected", "accepted", "kept"]
    ws.close()


def pressed(page: Page, key: str, shows: str) -> None:
    """Press a key and wait until the page shows these words and rests."""
    page.keyboard.press(key)
    expect(page.get_by_test_id("stMain").get_by_text(shows).first).to_be_visible()
    idle(page)
