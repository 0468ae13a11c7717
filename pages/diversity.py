"""Diversity: what the instructions ask for, how long they are, and how varied that is."""

import streamlit as st

from curation.facets import Facets
from curation.stages.looking import verb_objects_of
from curation.stages.measuring import measure_job
from curation.store.browse import count_by, count_labels, numbers_of
from curation.store.samples import count_samples
from curation.store.signals import first_unmeasured
from pages._parts.diversity_charts import show_labels, show_lengths, show_origins, show_sunburst, show_verbs
from pages._parts.diversity_numbers import show_numbers
from pages._parts.empty import nothing_yet
from pages._parts.facet_bar import choose, facet_bar
from pages._parts.progress import show_progress, start
from pages._parts.workspace import workspace

MOST = 12
IN = ("accepted", "kept")

ws = workspace()
st.title("Diversity")
facets = facet_bar(ws)
show_progress(ws, "measure")
total = count_samples(ws)
if not total:
    nothing_yet("There are no samples yet, so there is nothing to look at.")
    st.stop()

missing = first_unmeasured(ws, "verb")[1]
if missing:
    st.info(f"{missing:,} of {total:,} samples are not measured yet; the charts leave them out.")
    st.button("Measure them", key="diversity.measure", type="primary", on_click=lambda: start(ws, measure_job(ws)))
if missing == total:
    st.stop()

matching = numbers_of(ws, facets)
if not len(matching):
    st.info("No sample matches the filters.")
    st.button("Show all", key="diversity.all", on_click=choose, args=(Facets(),))
    st.stop()
found = verb_objects_of(ws, matching)
collected = verb_objects_of(ws, numbers_of(ws, Facets())) if facets else found
kept_in = verb_objects_of(ws, numbers_of(ws, Facets(states=IN)))
show_numbers(found.variety(), collected.variety(), kept_in.variety())
st.caption("Click a wedge or a bar to narrow everything down to it; the sidebar shows what is chosen.")

left, right = st.columns([3, 2], gap="large")
with left:
    st.subheader("Verbs and their objects")
    show_sunburst(found, facets)
with right:
    st.subheader("Most frequent verbs")
    show_verbs(found, facets)

left, right = st.columns(2, gap="large")
with left:
    st.subheader("Length of instructions")
    show_lengths(ws, "instruction_words", matching, facets, "words in the instruction")
    st.subheader("Task types")
    show_labels("task_type", count_labels(ws, "task_type", facets, MOST), facets, "task type")
    st.subheader("Origins")
    show_origins(count_by(ws, "origins", facets)[:MOST], facets)
with right:
    st.subheader("Length of answers")
    show_lengths(ws, "words", matching, facets, "words in the answer")
    st.subheader("Languages")
    show_labels("language", count_labels(ws, "language", facets, MOST), facets, "language")
