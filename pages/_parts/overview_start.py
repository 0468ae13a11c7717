"""The first thing that a reader sees: an empty workspace and two ways to fill it."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from curation.errors import CurationError
from curation.stages.embedding import look_job
from curation.stages.sample_project import open_sample_project
from curation.store import Workspace
from pages._parts.plain import plain
from pages._parts.progress import start


def first_run(workspace: Workspace) -> None:
    """Offer the sample project and an import."""
    st.write(
        "This workspace is empty. Look around with the sample project, which has nearly a thousand samples of mixed "
        "quality with known faults, or start with a file of your own."
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        pressed = st.button("Open the sample project", type="primary", key="overview.sample", icon=":material/science:")
        st.page_link("pages/import.py", label="Import a file", icon=":material/upload_file:")
    if pressed:
        _open(workspace)


def _open(workspace: Workspace) -> None:
    try:
        bar = st.progress(0.0, text="Opening the sample project")
        open_sample_project(workspace, watch=lambda what, share: _show(bar, what, share))
    except CurationError as error:
        st.error(plain(str(error)), icon=":material/error:")
        return
    start(workspace, look_job(workspace))
    st.rerun()


def _show(bar: DeltaGenerator, what: str, share: float) -> None:
    bar.progress(min(1.0, share), text=f"Opening the sample project: {what}")
