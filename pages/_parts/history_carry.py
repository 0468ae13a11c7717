"""Decisions as a file: taken away, and brought into this workspace or a copy of it."""

import streamlit as st

from curation.errors import CurationError
from curation.stages.carrying import bring_decisions, decisions_file
from curation.store import Workspace
from curation.store.people import is_allowed
from pages._parts.plain import plain

FILE = "overview.carry.file"
READY = "overview.carry.ready"
MOST_MEGABYTES = 200


def show_carry(workspace: Workspace) -> None:
    """A button that makes the file, and a field that takes one."""
    out, into = st.columns(2, gap="large")
    with out:
        st.caption("Every decision, with the guidelines and the samples that people wrote or changed, as JSON lines.")
        # Made when it is asked for: a page that is drawn need not read every event.
        st.download_button(
            "Download decisions", lambda: decisions_file(workspace), "decisions.jsonl", "application/x-ndjson",
            key="overview.carry.download", icon=":material/download:", on_click="ignore",
            disabled=not is_allowed(workspace, "export"),
        )  # fmt: skip
    with into:
        st.caption("A file that was made here or in a copy of this workspace. What is here already is not added twice.")
        given = st.file_uploader(
            "Decisions", ["jsonl"], key=FILE, label_visibility="collapsed", max_upload_size=MOST_MEGABYTES
        )
        if given and st.button("Bring these decisions in", key="overview.carry.bring", icon=":material/upload:"):
            _bring(workspace, given.getvalue(), given.name)


def _bring(workspace: Workspace, content: bytes, name: str) -> None:
    try:
        st.success(plain(str(bring_decisions(workspace, content, name))), icon=":material/check:")
    except CurationError as error:
        st.error(plain(str(error)), icon=":material/error:")
