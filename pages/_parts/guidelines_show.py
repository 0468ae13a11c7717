"""The guidelines in force, beside whatever a person is doing."""

import streamlit as st

from curation.store import Workspace
from curation.store.guidelines import Guidelines, read_guidelines
from pages._parts.guidelines_text import as_markdown
from pages._parts.plain import plain


def show_guidelines(workspace: Workspace) -> None:
    """The version in force in a frame; where there is none, the way to write it."""
    found = read_guidelines(workspace)
    if found is None:
        st.caption("Nobody has written guidelines yet: what to accept, what to edit, what to reject, and why.")
        st.page_link("pages/guidelines.py", label="Write guidelines", icon=":material/rule:")
        return
    with st.container(border=True):
        st.markdown(as_markdown(found.text))
    st.caption(said_by(found))
    st.page_link("pages/guidelines.py", label="Versions, and changing them", icon=":material/rule:")


def said_by(found: Guidelines) -> str:
    """Which version it is, by whom and when; for Markdown."""
    return f"Version {found.version}, by {plain(found.reviewer)}, {found.made:%Y-%m-%d %H:%M} UTC"
