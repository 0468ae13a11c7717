"""The language models that can be asked: listed, tested, changed, removed."""

from collections.abc import Callable

import streamlit as st

from curation.errors import CurationError
from curation.model import Endpoint, test_connection
from curation.stages.endpoints import drop_key, read_endpoints, remove_endpoint
from curation.stages.practice import practice_endpoint
from curation.store import Workspace
from curation.store.people import refusal
from pages._parts.plain import plain
from pages._parts.settings_endpoint_form import SAID, edit, show_form
from pages._parts.settings_endpoint_words import in_words


def show_endpoints(workspace: Workspace) -> None:
    """Every endpoint with what can be done to it, and the form for a new or changed one."""
    try:
        endpoints = read_endpoints(workspace)
    except CurationError as error:
        st.error(plain(str(error)), icon=":material/error:")
        endpoints = []
    if not endpoints:
        st.write(
            "None of yours yet. Any OpenAI-compatible address will do, in the cloud or on this computer. Everything "
            "that asks no model works without one."
        )
    for place, endpoint in enumerate(endpoints):
        _show(workspace, endpoints, place, endpoint)
    _show_practice()
    show_form(workspace, endpoints)


def _show(workspace: Workspace, endpoints: list[Endpoint], place: int, endpoint: Endpoint) -> None:
    with st.container(border=True):
        words, buttons = st.columns([1, 1], vertical_alignment="center")
        words.text(in_words(endpoint))
        key, barred = f"settings.endpoint.{place}", refusal(workspace, "models")
        with buttons.container(horizontal=True, horizontal_alignment="right"):
            tested = st.button("Test connection", key=f"{key}.test")
            st.button("Edit", key=f"{key}.edit", on_click=edit, args=(endpoint,))
            if endpoint.in_keyring:
                st.button("Forget key", key=f"{key}.forget", on_click=_do, disabled=bool(barred),
                    help=barred or None, args=(drop_key, workspace, endpoints, endpoint.origin))  # fmt: skip
            st.button("Remove", key=f"{key}.remove", on_click=_do, disabled=bool(barred),
                help=barred or None, args=(remove_endpoint, workspace, endpoints, endpoint.name))  # fmt: skip
        if tested:
            _test(endpoint)


def _show_practice() -> None:
    """The practice model, which is there always and has nothing to change."""
    with st.container(border=True):
        words, buttons = st.columns([1, 1], vertical_alignment="center")
        endpoint = practice_endpoint()
        words.text(
            f"{endpoint.name}\nbuilt in, to try everything without a key: its answers are made up by rule, and its "
            "samples are marked"
        )
        with buttons.container(horizontal=True, horizontal_alignment="right"):
            tested = st.button("Test connection", key="settings.endpoint.practice.test")
        if tested:
            _test(endpoint)


def _do(
    change: Callable[[Workspace, list[Endpoint], str], None],
    workspace: Workspace,
    endpoints: list[Endpoint],
    which: str,
) -> None:
    """Change the list; the form, which may be about what is gone, starts anew."""
    edit(None)
    try:
        change(workspace, endpoints, which)
    except CurationError as error:
        st.session_state[SAID] = ("error", str(error))


def _test(endpoint: Endpoint) -> None:
    try:
        with st.spinner("Asking …"):
            said = test_connection(endpoint)
    except CurationError as error:
        st.error(plain(str(error)), icon=":material/error:")
        return
    st.success(plain(said), icon=":material/check:")
