"""Who is at the page. Identity comes from the log-in that Streamlit checked (`st.user`), never from an address (T18).

Log-in is configured as Streamlit documents it, by `[auth]` in `.streamlit/secrets.toml`; without it there is one
person, at this computer, who is the owner.
"""

import os
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.secrets import secrets_singleton

from curation.errors import NotAllowed
from curation.store import Workspace
from curation.store.people import role_of
from pages._parts.plain import visible

REQUIRED = "SIFT_LOGIN"
"""Set in the environment where the server was started with log-in: a secrets file that goes away opens no door."""
NEEDED = ("redirect_uri", "cookie_secret", "client_id", "client_secret", "server_metadata_url")
LEAST_SECRET = 32


def person() -> str:
    """The name of the one who is logged in; "" where nobody logs in, and in threads of the process itself.

    Raises:
        NotAllowed: there is a log-in, and they have not done so.
    """
    if get_script_run_ctx(suppress_warning=True) is None:
        return ""
    claims = st.user.to_dict()
    if "is_logged_in" not in claims and REQUIRED not in os.environ:
        return ""
    if not claims.get("is_logged_in"):
        raise NotAllowed("Log in first.")
    return name_of(claims)


def name_of(claims: Mapping[str, object]) -> str:
    """What a log-in calls a person: the e-mail address that the provider has confirmed, else its own name for them.

    >>> name_of({"email": "Ada@example.org", "email_verified": True, "sub": "7", "iss": "https://id.example.org"})
    'ada@example.org'
    >>> name_of({"email": "ada@example.org", "sub": "7", "iss": "https://id.example.org/realm"})
    '7 (id.example.org)'
    """
    email = str(claims.get("email") or "").strip().lower()
    if email and claims.get("email_verified") is True:
        return email
    if not claims.get("sub"):
        raise NotAllowed("The log-in names nobody. Ask whoever runs it.")
    return f"{claims['sub']} ({urlsplit(str(claims.get('iss', ''))).hostname or 'unknown'})"


def let_in(opened: Workspace) -> None:
    """Let nobody see anything before they have logged in and have a role."""
    opened.who = person
    try:
        name = person()
    except NotAllowed:
        st.title("Log in")
        st.write("This workspace is for people with a role in it.")
        st.button("Log in", key="login.in", type="primary", icon=":material/login:", on_click=st.login)
        st.stop()
    if name and not role_of(opened, name):
        st.title("You have no role here yet")
        st.write("You are logged in. Ask an owner of this workspace to give you a role, under exactly this name:")
        st.code(visible(name), language=None)
        st.button("Log out", key="login.out", icon=":material/logout:", on_click=st.logout)
        st.stop()


def login_host() -> str:
    """The host that people log in on, "" where no log-in is configured.

    Raises:
        NotAllowed: it is configured in a way that lets others in; says what to change.
    """
    given = _auth()
    if not given:
        return ""
    missing = [name for name in NEEDED if not given.get(name)]
    if missing:
        raise NotAllowed(f"[auth] in .streamlit/secrets.toml lacks {', '.join(missing)}.")
    if len(given["cookie_secret"]) < LEAST_SECRET:
        raise NotAllowed(f"cookie_secret in .streamlit/secrets.toml needs {LEAST_SECRET} random characters or more.")
    open_to_all = [path for path in _files() if path.stat().st_mode & 0o077]
    if open_to_all and os.name == "posix":
        raise NotAllowed(f"Others can read {open_to_all[0]}, which holds secrets. Run: chmod 600 {open_to_all[0]}")
    if not find_spec("authlib"):
        raise NotAllowed("Log-in needs Authlib. Run: pip install 'Authlib>=1.3.2'")
    return urlsplit(given["redirect_uri"]).hostname or ""


def _auth() -> dict[str, str]:
    if not secrets_singleton.load_if_toml_exists():
        return {}
    return {name: str(value) for name, value in st.secrets.get("auth", {}).items()}


def _files() -> list[Path]:
    return [path for path in map(Path, st.get_option("secrets.files")) if path.exists()]
