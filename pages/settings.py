"""Settings: the workspace, who is reviewing, the embedding model, what finds verbs, and language models."""

import streamlit as st

from pages._parts.settings_embedder import show_embedder
from pages._parts.settings_endpoints import show_endpoints
from pages._parts.settings_reviewer import show_reviewer
from pages._parts.settings_verbs import show_verbs
from pages._parts.workspace import workspace

ws = workspace()
st.title("Settings")

st.subheader("Workspace")
st.code(str(ws.path), language=None)
st.caption("One file holds everything. Open another one, or a new one, from the command line:")
st.code("sift app PATH", language=None)

st.subheader("Reviewer")
show_reviewer(ws)

st.subheader("Embedding model")
show_embedder(ws)

st.subheader("Verbs and objects")
show_verbs(ws)

st.subheader("Language models")
show_endpoints(ws)
