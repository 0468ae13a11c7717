"""Which model turns texts into vectors."""

import streamlit as st

from curation.errors import CurationError
from curation.stages.embedder import choose_embedder
from curation.stages.embedding import EMBEDDER
from curation.store import Workspace
from curation.store.settings import read_setting
from pages._parts.plain import plain

BUNDLED = "all-MiniLM-L6-v2 (bundled, works without network)"
OTHER = "Another sentence-transformers model"
KIND = "settings.embedder.kind"
NAME = "settings.embedder.name"


def show_embedder(workspace: Workspace) -> None:
    """Show the model in use and let the reader take another, which is loaded before it is kept."""
    used = read_setting(workspace, EMBEDDER)
    st.session_state.setdefault(KIND, OTHER if used else BUNDLED)
    st.session_state.setdefault(NAME, used)
    st.text(f"In use: {used or BUNDLED}")
    other = st.radio("Model", [BUNDLED, OTHER], key=KIND, label_visibility="collapsed") == OTHER
    typed = ""
    if other:
        typed = st.text_input(
            "Name on the Hugging Face Hub, or a folder",
            key=NAME,
            placeholder="sentence-transformers/all-mpnet-base-v2",
            help="Loaded from safetensors only; a model that needs its own code is refused.",
        ).strip()
    if st.button("Check and use", key="settings.embedder.use", disabled=other and not typed):
        _use(workspace, typed)
    st.caption("Texts that were embedded by another model are embedded again when you next map them.")


def _use(workspace: Workspace, model: str) -> None:
    try:
        with st.spinner("Loading the model …"):
            columns = choose_embedder(workspace, model)
    except CurationError as error:
        st.error(plain(str(error)), icon=":material/error:")
        return
    st.success(f"It works and is in use: {columns:,} numbers per text.", icon=":material/check:")
