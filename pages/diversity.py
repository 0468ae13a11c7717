"""Diversity: what the instructions ask for, how long they are, and how varied that is."""

import streamlit as st

from curation.facets import Facets
from curation.store.browse import numbers_of
from curation.store.samples import count_samples
from pages._parts.diversity_views import show_view
from pages._parts.empty import nothing_yet
from pages._parts.facet_bar import choose, facet_bar
from pages._parts.progress import show_progress
from pages._parts.workspace import workspace

ws = workspace()
st.title("Diversity")
facets = facet_bar(ws)
show_progress(ws, "measure", "diversity")
if not count_samples(ws):
    nothing_yet("There are no samples yet, so there is nothing to look at.")
    st.stop()

matching = numbers_of(ws, facets)
if not len(matching):
    st.info("No sample matches the filters.")
    st.button("Show all", key="diversity.all", on_click=choose, args=(Facets(),))
    st.stop()
show_view(ws, facets, matching)
