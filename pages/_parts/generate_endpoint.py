"""Which model to ask: those of the settings, and the practice model."""

import streamlit as st

from curation.errors import CurationError
from curation.model import Endpoint
from curation.stages.asking import find_endpoint
from curation.stages.endpoints import read_endpoints
from curation.stages.practice import NAME as PRACTICE
from curation.store import Workspace
from pages._parts.plain import plain, visible
from pages._parts.practice_mark import practice_mark

ENDPOINT = "generate.endpoint"


def choose_endpoint(workspace: Workspace) -> Endpoint | None:
    """Let the reader choose; the practice model says what it is for. None where the choice cannot be used."""
    try:
        models = {endpoint.name: endpoint.model for endpoint in read_endpoints(workspace)}
    except CurationError as error:
        st.error(plain(str(error)), icon=":material/error:")
        models = {}
    name = st.selectbox(
        "Model", [*models, PRACTICE], key=ENDPOINT, persist_state="session",
        format_func=lambda name: visible(f"{name}: {models[name]}") if name in models else "Practice model, built in",
    )  # fmt: skip
    if name == PRACTICE:
        _explain(bool(models))
    try:
        return find_endpoint(workspace, name)
    except CurationError as error:
        st.error(plain(str(error)), icon=":material/error:")
        return None


def _explain(has_others: bool) -> None:
    practice_mark()
    st.caption(
        "Built in and free: its answers are put together by rule, so that everything here can be tried without a key. "
        "They are no data to train on; its samples are marked, and an export leaves them out."
    )
    if not has_others:
        st.page_link("pages/settings.py", label="Set up a model of your own", icon=":material/settings:")
