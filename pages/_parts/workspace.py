"""The workspace that this process works in, opened once."""

import streamlit as st

from curation.errors import CurationError, WorkspaceBusy
from curation.home import workspace_path
from curation.store import Workspace, open_workspace
from curation.store.journal import Loss
from curation.store.settings import read_setting
from pages._parts.login import let_in
from pages._parts.plain import plain

REVIEWER = "reviewer"


def workspace() -> Workspace:
    """The open workspace; where it cannot be opened, or the reader may not see it, the page says why and stops."""
    try:
        opened = open_workspace(workspace_path())
    except WorkspaceBusy as error:
        st.title("The workspace is in use")
        st.error(plain(str(error)), icon=":material/lock:")
        if st.button("Try again", key="workspace.retry"):
            st.rerun()
        st.stop()
    except CurationError as error:
        st.title("The workspace cannot be opened")
        st.error(plain(str(error)), icon=":material/error:")
        st.stop()
    let_in(opened)
    if opened.loss:
        _show_loss(opened, opened.loss)
    return opened


def reviewer(opened: Workspace) -> str:
    """The name under which decisions are noted: that of the log-in, else the one typed on Settings."""
    return opened.who() or read_setting(opened, REVIEWER, "me")


def _show_loss(opened: Workspace, loss: Loss) -> None:
    """Nothing else is shown, and nothing is written, before a person has said how to go on (F16)."""
    st.title("Something is missing")
    st.error(plain(loss.sentence), icon=":material/warning:")
    st.write("There are two ways on. Until then Sift writes nothing into this workspace.")
    st.subheader("Put a copy back")
    st.text(f"Stop Sift, put your latest copy in the place of {opened.path}, and start Sift again.")
    st.subheader("Go on with what is there")
    st.text("What is missing stays missing; that you went on, and when, is noted in the workspace.")
    if st.button("Go on with what is there", key="workspace.accept"):
        try:
            opened.accept_loss(reviewer(opened))
        except CurationError as error:
            st.error(plain(str(error)), icon=":material/error:")
            st.stop()
        st.rerun()
    st.stop()
