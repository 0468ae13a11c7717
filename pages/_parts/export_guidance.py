"""How many samples which goal needs, beside the size of the plan."""

import streamlit as st
from numpy import int32
from numpy.typing import NDArray

from curation.stages.guidance import GOALS, PAIRS, count_pairs, sentence, sizes
from curation.store import Workspace
from pages._parts.plain import plain


def show_guidance(workspace: Workspace, numbers: NDArray[int32]) -> None:
    """Where the plan with these samples stands, and on request every goal with the sets that say so."""
    st.text(sentence(len(numbers)))
    with st.expander("How many samples which goal needs", icon=":material/straighten:", key="export.guidance"):
        for goal in (*GOALS, PAIRS):
            held = count_pairs(workspace, numbers) if goal is PAIRS else len(numbers)
            with st.container(gap=None):
                st.markdown(f"**{sizes(goal)}**: {plain(goal.name)} ({goal.place(held)})")
                st.caption(plain(goal.source))
        st.caption(
            "These are sizes of published sets, no law. A chosen part of a set often did as well as all of it, so "
            "look at what is in before you add more."
        )
