"""Overview: what is in the workspace, what is left after each step, and what to do next."""

import streamlit as st

from curation.facets import Facets
from curation.store.browse import count_by, count_labels, count_states
from curation.store.decisions import decisions_per_day
from curation.store.overview import answer_lengths, count_funnel
from pages._parts.charts import Words
from pages._parts.history_carry import show_carry
from pages._parts.history_steps import show_history
from pages._parts.overview_charts import show_days, show_funnel, show_lengths, show_values
from pages._parts.overview_history import show_runs
from pages._parts.overview_numbers import show_states
from pages._parts.overview_start import first_run
from pages._parts.progress import show_progress
from pages._parts.steps import show_next_steps
from pages._parts.workspace import workspace

ws = workspace()
st.title("Overview")
show_progress(ws)

funnel = count_funnel(ws)
if not funnel.distinct:
    first_run(ws)
    st.stop()

show_states(funnel, count_states(ws, Facets()))
left, right = st.columns([3, 2], gap="large")
with left:
    show_funnel(funnel)
with right:
    st.markdown("#### What to do next")
    show_next_steps(ws, "overview")

left, right = st.columns(2, gap="large")
with left:
    origins = count_by(ws, "origins", Facets())
    words = Words("Where samples come from", "Origins")
    show_values("overview.origins", origins, words, lambda value: Facets(origins=(value,)))
    show_lengths(answer_lengths(ws))
with right:
    languages = count_labels(ws, "language", Facets())
    words = Words("Languages", "Languages")
    show_values("overview.languages", languages, words, lambda value: Facets(labels=(("language", value),)))
    show_days(decisions_per_day(ws))

st.subheader("Runs")
show_runs(ws)
st.subheader("What people did")
show_history(ws)
show_carry(ws)
