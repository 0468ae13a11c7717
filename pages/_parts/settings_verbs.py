"""What finds the verb and the object of an instruction."""

import streamlit as st

from curation.diversity.parsed import installed_pipelines
from curation.errors import CurationError
from curation.stages.extracting import EXTRACTOR, choose_extractor
from curation.store import Workspace
from curation.store.settings import read_setting
from pages._parts.plain import plain

RULES = "Rules for English (built in)"


def show_verbs(workspace: Workspace) -> None:
    """Show what is in use and let the reader take another, which is loaded before it is kept."""
    used = read_setting(workspace, EXTRACTOR)
    found = installed_pipelines()
    st.text(f"In use: {f'spaCy, {used}' if used else RULES}")
    if not found and not used:
        st.caption("To use a spaCy pipeline instead, install one; in a terminal:")
        st.code("pip install spacy && python -m spacy download en_core_web_sm", language=None)
        return
    options = ["", *found]
    name = st.radio(
        "Verbs and objects by",
        options,
        index=options.index(used.partition(" ")[0]) if used.partition(" ")[0] in options else 0,
        format_func=lambda one: f"spaCy, {plain(one)} {found[one]}" if one else RULES,
        key="settings.verbs.kind",
        label_visibility="collapsed",
    )
    if st.button("Check and use", key="settings.verbs.use"):
        _use(workspace, name)
    st.caption("What another one found is measured again the next time you measure; the two are never mixed.")


def _use(workspace: Workspace, name: str) -> None:
    try:
        with st.spinner("Loading the pipeline …"):
            choose_extractor(workspace, name)
    except CurationError as error:
        st.error(plain(str(error)), icon=":material/error:")
        return
    st.success("It works and is in use.", icon=":material/check:")
