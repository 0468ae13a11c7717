"""What a browser test does again and again."""

import re

from playwright.sync_api import Locator, Page, expect

IDLE = """() => {
  const app = document.querySelector('[data-testid=stApp]');
  return app && app.dataset.testScriptState === 'notRunning' && app.dataset.testConnectionState === 'CONNECTED';
}"""


def idle(page: Page) -> None:
    """Wait until Streamlit has drawn everything and waits for the reader.

    It looks twice: a click takes a moment to reach the server, and the page seems idle until then.
    """
    page.wait_for_function(IDLE)
    page.wait_for_timeout(200)
    page.wait_for_function(IDLE)


def go(page: Page, title: str) -> None:
    """Open a page by its entry in the sidebar."""
    page.get_by_test_id("stSidebarNav").get_by_role("link", name=title, exact=True).click()
    page.get_by_role("heading", name=title, exact=True, level=1).wait_for()
    idle(page)


def numbers(text: str | None) -> list[int]:
    """The whole numbers in a text."""
    return [int(found.replace(",", "")) for found in re.findall(r"\d[\d,]*", text or "")]


def choose(page: Page, label: str, typed: str) -> None:
    """Pick an entry of a select box by typing the start of its name."""
    box = page.get_by_test_id("stMain").get_by_role("combobox", name=re.compile(label))
    box.click()
    box.fill(typed)
    page.get_by_role("option").filter(has_text=typed).first.click()
    idle(page)


def button(page: Page, name: str) -> Locator:
    """A button of the page by the start of its name or a pattern."""
    return page.get_by_test_id("stMain").get_by_role("button", name=re.compile(name))


def give_reasons(page: Page, reason: str) -> None:
    """On Export, say of every line that holds the export back why it may go out."""
    held = page.get_by_test_id("stExpander").filter(has_text="holds it back")
    while lines := held.count():
        line = held.first
        line.locator("summary").click()
        box = line.get_by_role("textbox")
        box.fill(reason)
        box.press("Enter")
        expect(held).to_have_count(lines - 1)
        idle(page)
