"""Which model turns texts into vectors."""

import streamlit as st

from curation.computing.processor import has_bf16
from curation.embedders import Precision
from curation.errors import CurationError
from curation.stages.embedder import choose_embedder
from curation.stages.embedding import EMBEDDER, chosen_precision
from curation.store import Workspace
from curation.store.people import refusal
from curation.store.settings import read_setting
from pages._parts.plain import plain

BUNDLED = "all-MiniLM-L6-v2 (bundled, works without network)"
OTHER = "Another sentence-transformers model"
KIND = "settings.embedder.kind"
NAME = "settings.embedder.name"
PRECISION = "settings.embedder.precision"
NUMBERS = {"fp32": "fp32, exact", "bf16": "bf16, about twice as fast"}


def show_embedder(workspace: Workspace) -> None:
    """Show the model in use and let the reader take another, which is loaded before it is kept."""
    used = read_setting(workspace, EMBEDDER)
    st.session_state.setdefault(KIND, OTHER if used else BUNDLED)
    st.session_state.setdefault(NAME, used)
    st.text(f"In use: {used or BUNDLED}, {chosen_precision(workspace)}")
    other = st.radio("Model", [BUNDLED, OTHER], key=KIND, label_visibility="collapsed") == OTHER
    typed = ""
    if other:
        typed = st.text_input(
            "Name on the Hugging Face Hub, or a folder",
            key=NAME,
            placeholder="sentence-transformers/all-mpnet-base-v2",
            help="Loaded from safetensors only; a model that needs its own code is refused.",
        ).strip()
    precision = _precision(workspace)
    barred = refusal(workspace, "models")
    blocked = bool(barred) or (other and not typed)
    if st.button("Check and use", key="settings.embedder.use", disabled=blocked, help=barred or None):
        _use(workspace, typed, precision)
    st.caption(
        "Texts that were embedded by another model, or with other numbers, are embedded again when you next map them."
    )


def _precision(workspace: Workspace) -> Precision:
    """Which numbers the model works with; bf16 only where the processor has it, or where it was chosen before."""
    used = chosen_precision(workspace)
    if used == "fp32" and not has_bf16():
        st.caption("It works in fp32: this processor has no bf16, which would be faster on others.")
        return "fp32"
    st.session_state.setdefault(PRECISION, used)
    chosen: Precision | None = st.segmented_control(
        "Numbers", ["fp32", "bf16"], format_func=NUMBERS.__getitem__, key=PRECISION, required=True,
        help="With bf16 similarities differ by about 0.001. The two never share a map or a list of near-duplicates.",
    )  # fmt: skip
    return chosen or used


def _use(workspace: Workspace, model: str, precision: Precision) -> None:
    try:
        with st.spinner("Loading the model …"):
            columns = choose_embedder(workspace, model, precision)
    except CurationError as error:
        st.error(plain(str(error)), icon=":material/error:")
        return
    st.success(f"It works and is in use: {columns:,} numbers per text.", icon=":material/check:")
