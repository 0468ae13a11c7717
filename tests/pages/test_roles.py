"""T19 on the pages: what a role does not allow is disabled and says why, and no page fails for it."""

from collections.abc import Callable, Iterator

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from app import PAGES
from curation.stages.reviewers import give_role
from curation.store import Workspace
from tests.dashboard import ROOT
from tests.pages.filled import filled_workspace

ANN = "ann@x.org"
NAMES = [name for group in PAGES.values() for name in group]
BARRED = {
    "export": ["export.start"],
    "filters": ["filters.apply", "filters.undo"],
    "duplicates": ["duplicates.remove", "duplicates.keep"],
    "guidelines": ["guidelines.save"],
    "settings": ["settings.endpoint.save", "settings.embedder.use"],
}
"""Buttons of acts that an annotator may not do."""


class User:
    """Stands for `st.user`, which Streamlit fills from its signed cookie."""

    def to_dict(self) -> dict[str, object]:
        return {"is_logged_in": True, "email": ANN, "email_verified": True, "sub": "1", "iss": "https://id.example.org"}


def as_owner(ws: Workspace, act: Callable[[], object]) -> None:
    """Do something as the person at the computer, whatever the page says of who is logged in."""
    said, ws.who = ws.who, lambda: ""
    try:
        act()
    finally:
        ws.who = said


@pytest.fixture(scope="module")
def ws(tmp_path_factory) -> Iterator[Workspace]:
    workspace = filled_workspace(tmp_path_factory.mktemp("roles") / "w.duckdb")
    yield workspace
    workspace.close()


@pytest.fixture
def app(ws: Workspace, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """The dashboard as an annotator sees it."""
    as_owner(ws, lambda: give_role(ws, ANN, "annotator"))
    monkeypatch.setenv("SIFT_WORKSPACE", str(ws.path))
    monkeypatch.setattr(st, "user", User())
    return AppTest.from_file(ROOT / "app.py", default_timeout=60).run()


@pytest.mark.parametrize("name", NAMES)
def test_t19_an_annotator_walks_every_page_and_is_told_what_they_may_not_do(app: AppTest, name: str) -> None:
    page = app.switch_page(f"pages/{name}.py").run()
    assert [error.value for error in (*page.exception, *page.error)] == []
    found = {button.key: button for button in page.button}
    for key in BARRED.get(name, ()):
        assert found[key].disabled
        assert "as annotator in this workspace" in found[key].help


def test_t19_agreement_is_closed_to_an_annotator(app: AppTest) -> None:
    page = app.switch_page("pages/agreement.py").run()
    assert "for experts and owners" in page.info[0].value
    assert not [button.key for button in page.button if str(button.key).startswith("agreement.")]


@pytest.mark.parametrize("name", ["accept", "flag", "rate.3", "undo"])
def test_t19_who_lost_their_role_amid_the_work_is_told(app: AppTest, ws: Workspace, name: str) -> None:
    page = app.switch_page("pages/review.py").run()
    before = ws.last_decision()
    as_owner(ws, lambda: give_role(ws, ANN, ""))
    event = page.session_state["review.walk"].event
    page.button(key=f"review.{name}.{event}").click().run()
    assert not page.exception
    assert [title.value for title in page.title] == ["You have no role here yet"]
    assert ws.last_decision() == before
