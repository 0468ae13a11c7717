"""Log-in: who somebody is comes from `st.user` alone, and nobody without a role gets in (T9, T18, T19)."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from curation.errors import NotAllowed
from curation.sample import Collected, Origin, Sample
from curation.stages.reviewers import give_role
from curation.store import Workspace, open_workspace
from curation.store.decisions import said_of
from curation.store.people import read_people
from curation.store.samples import add_samples
from pages._parts import login
from tests.dashboard import ROOT

APP = str(ROOT / "app.py")
SECRETS = """
[auth]
redirect_uri = "https://sift.example.org/oauth2callback"
cookie_secret = "{secret}"
client_id = "sift"
client_secret = "not a real one"
server_metadata_url = "https://id.example.org/.well-known/openid-configuration"
"""


@pytest.fixture
def ws(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    path = tmp_path / "w.duckdb"
    monkeypatch.setenv("SIFT_WORKSPACE", str(path))
    opened = open_workspace(path)
    rows = [Collected(Sample(f"Task {n}", output=f"Answer {n}"), Origin("t", "s", str(n))) for n in range(5)]
    add_samples(opened, "run", rows)
    yield opened
    opened.close()


class User:
    """Stands for `st.user`, which Streamlit fills from its signed cookie."""

    def __init__(self, **claims: object) -> None:
        self.claims = claims

    def to_dict(self) -> dict[str, object]:
        return self.claims


def as_user(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    claims = {"is_logged_in": True, "email": name, "email_verified": True, "sub": "1", "iss": "https://id.example.org"}
    monkeypatch.setattr(st, "user", User(**claims))


def page(name: str, **query: str) -> AppTest:
    at = AppTest.from_file(APP, default_timeout=60)
    for key, value in query.items():
        at.query_params[key] = value
    at.run().switch_page(f"pages/{name}.py").run()
    assert not at.exception
    return at


def accept(at: AppTest) -> None:
    next(button for button in at.button if (button.key or "").startswith("review.accept")).click().run()
    assert not at.exception


def test_t18_forged_addresses_do_not_change_who_decides(ws: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    as_user(monkeypatch, "ann@x.org")
    give_role(ws, "ann@x.org", "annotator")
    forged = {"user": "eve@x.org", "reviewer": "eve@x.org", "email": "eve@x.org", "settings.reviewer": "eve@x.org"}
    at = page("review", **forged)
    for key, value in forged.items():
        at.session_state[key] = value
    accept(at)
    assert [one.reviewer for number in range(5) for one in said_of(ws, number)] == ["ann@x.org"]


def test_t18_the_same_without_log_in(ws: Workspace) -> None:
    accept(page("review", user="eve@x.org", reviewer="eve@x.org"))
    assert [one.reviewer for number in range(5) for one in said_of(ws, number)] == ["me"]


@pytest.mark.usefixtures("ws")
def test_who_is_not_logged_in_sees_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(st, "user", User(is_logged_in=False))
    for name in ("overview", "review", "settings", "agreement", "export"):
        at = page(name)
        assert at.title[0].value == "Log in"
        assert [button.label for button in at.button] == ["Log in"]
        assert not at.dataframe


@pytest.mark.usefixtures("ws")
def test_a_secrets_file_that_goes_away_opens_no_door(monkeypatch: pytest.MonkeyPatch) -> None:
    """T9: the server was started with log-in, so the lack of it lets nobody in."""
    monkeypatch.setenv(login.REQUIRED, "1")
    assert page("review").title[0].value == "Log in"


def test_who_has_no_role_is_told_the_name_to_ask_for(ws: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    as_user(monkeypatch, "New@X.org")
    at = page("review")
    assert at.title[0].value == "You have no role here yet"
    assert at.code[0].value == "new@x.org"
    give_role_as_owner(ws, "new@x.org", "annotator")
    assert at.run().title[0].value == "Review"


def give_role_as_owner(ws: Workspace, name: str, role: str) -> None:
    who, ws.who = ws.who, str
    give_role(ws, name, role)
    ws.who = who


def test_t19_an_annotator_is_refused_on_the_page_as_well(ws: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    as_user(monkeypatch, "ann@x.org")
    give_role(ws, "ann@x.org", "annotator")
    assert "experts and owners" in page("agreement").info[0].value
    at = page("settings")
    assert not [button for button in at.button if button.key == "settings.role.give"]
    assert "ann@x.org, annotator" in " ".join(text.value for text in at.text)


def test_an_owner_gives_roles(ws: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    as_user(monkeypatch, "olu@x.org")
    give_role(ws, "olu@x.org", "owner")
    at = page("settings")
    at.text_input(key="settings.role.person").set_value("Ben@X.org")
    at.selectbox(key="settings.role.role").set_value("expert")
    at.button(key="settings.role.give").click().run()
    assert [(one.name, one.role, one.given_by) for one in read_people(ws)] == [
        ("ben@x.org", "expert", "olu@x.org"), ("olu@x.org", "owner", ""),
    ]  # fmt: skip
    at.text_input(key="settings.role.person").set_value("olu@x.org")
    at.selectbox(key="settings.role.role").set_value("no role")
    at.button(key="settings.role.give").click().run()
    assert "only owner" in at.error[0].value


@pytest.mark.parametrize(
    ("claims", "name"),
    [
        ({"email": " Ada@X.org", "email_verified": True, "sub": "1", "iss": "https://id.x"}, "ada@x.org"),
        ({"email": "ada@x.org", "email_verified": False, "sub": "1", "iss": "https://id.x"}, "1 (id.x)"),
        ({"email": "ada@x.org", "email_verified": "true", "sub": "1", "iss": "https://id.x/a"}, "1 (id.x)"),
        ({"sub": "7"}, "7 (unknown)"),
    ],
)
def test_t18_an_address_that_the_provider_did_not_confirm_is_no_name(claims: dict[str, object], name: str) -> None:
    assert login.name_of(claims) == name


def test_a_log_in_that_names_nobody() -> None:
    with pytest.raises(NotAllowed, match="names nobody"):
        login.name_of({"is_logged_in": True})


def test_threads_of_the_process_are_nobody() -> None:
    assert login.person() == ""


@pytest.mark.parametrize(
    ("secrets", "mode", "said"),
    [
        ("", 0o600, "no log-in is configured"),
        ("[auth]\nclient_id = 'x'\n", 0o600, "lacks redirect_uri, cookie_secret, client_secret, server_metadata_url"),
        (SECRETS.format(secret="short"), 0o600, "cookie_secret"),
        (SECRETS.format(secret="x" * 40), 0o644, "chmod 600"),
    ],
)
def test_t9_log_in_that_lets_others_in_is_refused(tmp_path: Path, secrets: str, mode: int, said: str) -> None:
    """T9, T20: an address that others can reach needs log-in, and one that holds."""
    file = tmp_path / ".streamlit" / "secrets.toml"
    file.parent.mkdir()
    if secrets:
        file.write_text(secrets)
        file.chmod(mode)
    tried = subprocess.run(
        [sys.executable, APP, "--address", "0.0.0.0", "--workspace", str(tmp_path / "w.duckdb")],
        cwd=tmp_path, capture_output=True, text=True, timeout=60, env=os.environ | {"HOME": str(tmp_path)},
    )  # fmt: skip
    assert tried.returncode != 0
    assert said in tried.stderr
    assert not (tmp_path / "w.duckdb").exists()
