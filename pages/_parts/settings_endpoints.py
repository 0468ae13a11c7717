"""The language models that can be asked: listed, tested, changed, removed."""

import os

import streamlit as st

from curation.errors import CurationError
from curation.model import Endpoint, test_connection
from curation.stages.endpoints import read_endpoints, write_endpoints
from curation.store import Workspace
from pages._parts.plain import plain
from pages._parts.settings_endpoint_form import edit, show_form


def show_endpoints(workspace: Workspace) -> None:
    """Every endpoint with what can be done to it, and the form for a new or changed one."""
    try:
        endpoints = read_endpoints(workspace)
    except CurationError as error:
        st.error(plain(str(error)), icon=":material/error:")
        endpoints = []
    if not endpoints:
        st.write(
            "None yet. Any OpenAI-compatible address will do, in the cloud or on this computer. Everything that asks "
            "no model works without one."
        )
    for place, endpoint in enumerate(endpoints):
        _show(workspace, endpoints, place, endpoint)
    show_form(workspace, endpoints)


def _show(workspace: Workspace, endpoints: list[Endpoint], place: int, endpoint: Endpoint) -> None:
    with st.container(border=True):
        words, test, change, remove = st.columns([5, 2, 1, 1], vertical_alignment="center")
        words.text(f"{endpoint.name}\n{endpoint.model} at {endpoint.base_url}\n{_key(endpoint)}")
        key = f"settings.endpoint.{place}"
        tested = test.button("Test connection", key=f"{key}.test", width="stretch")
        change.button("Edit", key=f"{key}.edit", on_click=edit, args=(endpoint,), width="stretch")
        rest = [*endpoints[:place], *endpoints[place + 1 :]]
        remove.button("Remove", key=f"{key}.remove", on_click=write_endpoints, args=(workspace, rest), width="stretch")
        if tested:
            _test(endpoint)


def _key(endpoint: Endpoint) -> str:
    if not endpoint.key_env:
        return "no key"
    state = "is set" if os.environ.get(endpoint.key_env) else "is not set: set it and start Sift again"
    return f"key from {endpoint.key_env}, which {state}"


def _test(endpoint: Endpoint) -> None:
    try:
        with st.spinner("Asking …"):
            said = test_connection(endpoint)
    except CurationError as error:
        st.error(plain(str(error)), icon=":material/error:")
        return
    st.success(plain(said), icon=":material/check:")
