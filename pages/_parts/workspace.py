"""The workspace that this process works in, opened once."""

import streamlit as st

from curation.errors import CurationError, WorkspaceBusy
from curation.home import workspace_path
from curation.store import Workspace, open_workspace
from curation.store.settings import read_setting
from pages._parts.plain import plain

REVIEWER = "reviewer"


def workspace() -> Workspace:
    """The open workspace; where it cannot be opened the page says why and stops."""
    try:
        opened = open_workspace(workspace_path())
    except WorkspaceBusy as error:
        st.error(plain(str(error)), icon=":material/lock:")
        if st.button("Try again", key="workspace.retry"):
            st.rerun()
        st.stop()
    except CurationError as error:
        st.error(plain(str(error)), icon=":material/error:")
        st.stop()
    if opened.lost_decisions:
        st.error(
            f"The last {opened.lost_decisions:,} decisions were acknowledged but are missing from the file: it was "
            "damaged outside of Sift. Restore a backup, or go on without them.",
            icon=":material/warning:",
        )
    return opened


def reviewer(opened: Workspace) -> str:
    """The name under which decisions are noted."""
    return read_setting(opened, REVIEWER, "me")
