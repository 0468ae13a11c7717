"""What the samples cover: of a reference, and of a grid of two labels."""

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from curation.facets import Facets
from curation.stages.referencing import KIND, MOST
from curation.store import Workspace
from curation.store.references import Look, forget_look, item_distances, read_looks
from curation.store.samples import count_samples
from pages._parts.coverage_grid import show_cells
from pages._parts.coverage_lists import show_lists
from pages._parts.coverage_numbers import show_look
from pages._parts.coverage_start import offer
from pages._parts.map_start import FIELD_WORDS
from pages._parts.plain import plain, visible
from pages._parts.progress import show_progress
from pages._parts.titles import count_of

AGAINST, GRID = "Against a reference", "Grid of two labels"
LOOK = "diversity.coverage.look"


def show_coverage(workspace: Workspace, facets: Facets, _matching: NDArray[np.int32]) -> None:
    """One of the two ways to see what is missing."""
    way = st.segmented_control(
        "Coverage", [AGAINST, GRID], default=AGAINST, required=True, key="diversity.coverage.way",
        label_visibility="collapsed",
    )  # fmt: skip
    if way == GRID:
        show_cells(workspace, facets)
    else:
        _against(workspace, facets)


def _against(workspace: Workspace, facets: Facets) -> None:
    show_progress(workspace, KIND)
    looks = {look.name: look for look in read_looks(workspace)}
    if not looks:
        st.write(
            "Choose what the samples should cover: tasks that people wrote, another data set, or what users asked. "
            "You will see which of it has no sample near it, and which samples lie far from all of it."
        )
        offer(workspace, facets)
        return
    if st.session_state.get(LOOK) not in looks:
        st.session_state[LOOK] = next(iter(looks))
    choice, other = st.columns([4, 1], vertical_alignment="bottom")
    name = choice.selectbox("Reference", list(looks), key=LOOK, format_func=visible)
    with other.popover("Another one", width="stretch"):
        offer(workspace, facets)
    _shown(workspace, looks[name])


def _shown(workspace: Workspace, look: Look) -> None:
    words, button = st.columns([6, 1], vertical_alignment="center")
    words.caption(
        f"{plain(look.scope)}, {count_of(look.samples, 'sample', 'samples')} without the reference itself, compared by "
        f"{FIELD_WORDS.get(look.field, look.field)} with {plain(look.model)} on {look.made:%Y-%m-%d %H:%M} UTC."
    )
    button.button("Forget", key="diversity.coverage.forget", on_click=forget_look, args=(workspace, look.name))
    since = count_samples(workspace) - look.newest
    if since > 0:
        st.info(f"{count_of(since, 'sample has', 'samples have')} come since. Compare with it once more to count them.")
    if look.kind == "file" and len(item_distances(workspace, look.name)) >= MOST:
        st.caption(f"The file has {MOST:,} rows or more; {MOST:,} of them, at equal distances, were looked at.")
    distance = show_look(workspace, look)
    show_lists(workspace, look, distance)
