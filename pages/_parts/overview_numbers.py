"""How many samples are in each state, as large numbers that lead to them."""

from collections.abc import Mapping

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from curation.facets import Facets
from curation.store.overview import Funnel
from pages._parts.facet_bar import choose

TITLES = {
    "accepted": ("Accepted", "A person accepted them."),
    "kept": ("Kept", "The recipe keeps them and no person decided."),
    "dropped": ("Dropped", "The recipe drops them and no person decided."),
    "rejected": ("Rejected", "A person rejected them."),
}


def show_states(funnel: Funnel, states: Mapping[str, int]) -> None:
    """All samples and those in each state; the button under a number opens the samples behind it."""
    columns = st.columns(len(TITLES) + 1)
    _number(columns[0], "Samples", funnel.distinct, f"{funnel.collected:,} were collected, repeats included.", Facets())
    for column, (state, (title, help_)) in zip(columns[1:], TITLES.items(), strict=True):
        _number(column, title, states[state], help_, Facets(states=(state,)))


def look_at(facets: Facets) -> None:
    """Go to the table of the samples that match."""
    choose(facets)
    st.switch_page("pages/review.py")


def _number(column: DeltaGenerator, title: str, number: int, help_: str, facets: Facets) -> None:
    with column.container(border=True):
        st.metric(title, f"{number:,}", help=help_)
        key = f"overview.state.{title.lower()}"
        if st.button("Look at them", key=key, disabled=not number, type="tertiary"):
            look_at(facets)
