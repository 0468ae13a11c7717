"""Guidelines: what reviewers go by, in versions, and asking again about what an earlier version gave."""

import streamlit as st

from curation.store.guidelines import read_guidelines
from pages._parts.facet_bar import facet_bar
from pages._parts.guidelines_edit import SAID, show_affected, show_editor, show_versions
from pages._parts.guidelines_text import as_markdown
from pages._parts.outcome import show_outcome
from pages._parts.workspace import workspace

READ, WRITE, VERSIONS = "Read", "Write", "Versions"

ws = workspace()
st.title("Guidelines")
facets = facet_bar(ws)
show_outcome(SAID)
found = read_guidelines(ws)
if found is None:
    st.write("What is a good sample here? Write it down once, and it stands beside every sample on Review.")
    show_editor(ws, None)
    st.stop()

view = st.segmented_control(
    "View", [READ, WRITE, VERSIONS], default=READ, required=True, key="guidelines.view", label_visibility="collapsed"
)
if view == WRITE:
    left, right = st.columns(2, gap="large")
    with left:
        show_editor(ws, found)
    with right, st.container(border=True):
        st.markdown(as_markdown(str(st.session_state["guidelines.text"])))
elif view == VERSIONS:
    show_versions(ws)
else:
    left, right = st.columns([3, 2], gap="large")
    with left, st.container(border=True):
        st.markdown(as_markdown(found.text))
    with right:
        show_affected(ws, facets, found)
