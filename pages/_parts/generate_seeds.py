"""Which samples a method starts from: what matches the filters in the sidebar, narrowed down further or not."""

import streamlit as st

from curation.facets import Facets
from curation.stages.seeds import Which, choose_seeds
from curation.store import Workspace
from curation.store.samples import count_samples
from pages._parts.titles import count_of

WORDS: dict[Which, str] = {
    "in": "Accepted and kept",
    "people": "Of these, written by people",
    "all": "Everything that matches",
}


def choose_pool(workspace: Workspace, facets: Facets, is_needed: bool) -> tuple[int, ...]:
    """Let the reader choose the seeds and give their numbers; where needed ones are missing, say how to get them."""
    which: Which = st.radio(
        "Seeds", list(WORDS), format_func=lambda one: WORDS[one], key="generate.seeds", persist_state="session",
        help="The filters in the sidebar narrow them down further.",
    )  # fmt: skip
    numbers = choose_seeds(workspace, facets, which)
    if not is_needed:
        st.caption(f"This method starts from nothing; it only keeps clear of what the {len(numbers):,} seeds hold.")
    elif numbers:
        narrowed = " that match the filters in the sidebar" if facets else ""
        st.caption(f"{count_of(len(numbers), 'sample', 'samples')}{narrowed}.")
    else:
        _none(workspace)
    return numbers


def _none(workspace: Workspace) -> None:
    if count_samples(workspace):
        st.info("No sample is left to start from. Choose other seeds, or show more in the sidebar.")
        return
    st.info("This method needs seeds to start from, and the workspace is empty.")
    st.page_link("pages/overview.py", label="Open the sample project", icon=":material/science:")
    st.page_link("pages/import.py", label="Import samples", icon=":material/upload_file:")
