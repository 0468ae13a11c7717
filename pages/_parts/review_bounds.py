"""The bounds of the recipe that the sample on screen only just keeps."""

import streamlit as st

from curation.stages.nearing import near_bounds
from curation.store import Workspace
from pages._parts.plain import visible
from pages._parts.titles import title_of


def show_near_bounds(workspace: Workspace, number: int) -> None:
    """One line for each; nothing where none is near."""
    near = near_bounds(workspace, number)
    if near:
        st.caption("Close to a bound")
    for one in near:
        end = "fewest" if one.is_least else "most"
        st.text(
            visible(f"{title_of(one.signal)}: {one.value:.4g} ({end} {one.bound:g}; {one.between:.1%} lie between)")
        )
