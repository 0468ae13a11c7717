"""Every page, on an empty workspace and on a filled one: it has its title, it does not fail, and it leads on (I20)."""

from collections.abc import Iterator

import pytest
from streamlit.testing.v1 import AppTest

from app import PAGES
from curation.store import open_workspace
from tests.dashboard import ROOT
from tests.pages.filled import filled_workspace

TITLES = {name: title for group in PAGES.values() for name, (title, _) in group.items()}
SECONDS = 30


@pytest.fixture(scope="module", params=["empty", "filled"])
def dashboard_of(request, tmp_path_factory) -> Iterator[tuple[str, AppTest]]:
    """(empty or filled, the dashboard on such a workspace)."""
    path = tmp_path_factory.mktemp("pages") / f"{request.param}.duckdb"
    workspace = filled_workspace(path) if request.param == "filled" else open_workspace(path)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SIFT_WORKSPACE", str(path))
        yield request.param, AppTest.from_file(ROOT / "app.py", default_timeout=SECONDS).run()
    workspace.close()


@pytest.mark.parametrize("name", TITLES)
def test_a_page_has_its_title_and_leads_on(dashboard_of, name):
    kind, app = dashboard_of
    page = app.switch_page(f"pages/{name}.py").run()
    assert [error.value for error in (*page.exception, *page.error)] == []
    assert [title.value for title in page.title] == [TITLES[name]]
    if kind == "empty":
        ways = ("page_link", "button", "file_uploader")
        assert any(page.main.get(way) for way in ways), f"{name} says nothing about what to do next"
