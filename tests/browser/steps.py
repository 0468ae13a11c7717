"""What a browser test does again and again."""

from playwright.sync_api import Page

IDLE = """() => {
  const app = document.querySelector('[data-testid=stApp]');
  return app && app.dataset.testScriptState === 'notRunning' && app.dataset.testConnectionState === 'CONNECTED';
}"""


def idle(page: Page) -> None:
    """Wait until Streamlit has drawn everything and waits for the reader."""
    page.wait_for_function(IDLE)


def go(page: Page, title: str) -> None:
    """Open a page by its entry in the sidebar."""
    page.get_by_test_id("stSidebarNav").get_by_role("link", name=title, exact=True).click()
    page.get_by_role("heading", name=title, exact=True, level=1).wait_for()
    idle(page)
