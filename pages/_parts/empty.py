"""What a page says while the workspace has no samples, and the two ways to get some."""

import streamlit as st


def nothing_yet(why: str) -> None:
    """Say why there is nothing here, with the ways on (I20)."""
    st.info(why)
    with st.container(horizontal=True):
        st.page_link("pages/import.py", label="Import samples", icon=":material/upload_file:")
        st.page_link("pages/overview.py", label="Open the sample project", icon=":material/science:")
