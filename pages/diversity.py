"""Diversity: what the instructions ask for, how long they are, and how varied that is."""

import streamlit as st

from curation.facets import Facets
from curation.stages.measuring import VERB_OBJECT, measure_job, unmeasured
from curation.store.browse import numbers_of
from curation.store.samples import count_samples
from pages._parts.diversity_views import show_view
from pages._parts.empty import nothing_yet
from pages._parts.facet_bar import choose, facet_bar
from pages._parts.progress import show_progress, start
from pages._parts.workspace import workspace

ws = workspace()
st.title("Diversity")
facets = facet_bar(ws)
show_progress(ws, "measure", "diversity")
total = count_samples(ws)
if not total:
    nothing_yet("There are no samples yet, so there is nothing to look at.")
    st.stop()

missing = unmeasured(ws, VERB_OBJECT)
if missing:
    st.info(f"{missing:,} of {total:,} samples are not measured yet; the charts leave them out.")
    st.button("Measure them", key="diversity.measure", type="primary", on_click=lambda: start(ws, measure_job(ws)))

matching = numbers_of(ws, facets)
if not len(matching):
    st.info("No sample matches the filters.")
    st.button("Show all", key="diversity.all", on_click=choose, args=(Facets(),))
    st.stop()
show_view(ws, facets, matching)
