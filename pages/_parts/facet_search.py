"""The search box of the sidebar: words, a regular expression, or a sentence for what is meant."""

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from curation.facets import Facets
from curation.stages.finding import NEAREST

TYPED, BY = "facets.text", "facets.by"
WAYS = {"text": "Words", "pattern": "Pattern", "meaning": "Meaning"}
ABOUT = {
    "text": "found as they stand, any case",
    "pattern": "such as (?i)colou?r",
    "meaning": "a sentence for what is meant",
}


def search_box(facets: Facets, choose: Callable[[Facets], None]) -> None:
    """A line to type in and the way in which it is looked for; one way at a time."""
    way = next((name for name in WAYS if getattr(facets, name)), st.session_state.get(BY, "text"))
    st.session_state[BY], st.session_state[TYPED] = way, getattr(facets, way)

    def change() -> None:
        cleared = replace(facets, text="", pattern="", meaning="")
        choose(replace(cleared, **{st.session_state[BY]: st.session_state[TYPED]}))

    st.text_input("Search", key=TYPED, on_change=change, placeholder=ABOUT[way])
    st.segmented_control(
        "Search by", list(WAYS), format_func=WAYS.__getitem__, key=BY, on_change=change, required=True,
        label_visibility="collapsed", width="stretch",
        help=f"Pattern is a regular expression (RE2). Meaning finds the {NEAREST} nearest samples.",
    )  # fmt: skip
