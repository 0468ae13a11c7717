"""Agreement: how far reviewers agree, what waits for an expert, and the rounds in which several look at one sample."""

import streamlit as st

from curation.store.opinions import read_conflicts
from curation.store.people import is_allowed
from curation.store.samples import count_samples
from pages._parts.agreement_numbers import show_numbers
from pages._parts.agreement_queue import show_queue
from pages._parts.agreement_rounds import show_rounds
from pages._parts.empty import nothing_yet
from pages._parts.facet_bar import facet_bar
from pages._parts.progress import show_progress
from pages._parts.workspace import workspace

NUMBERS, QUEUE, ROUNDS = "How far they agree", "For an expert", "Rounds"

ws = workspace()
st.title("Agreement")
if not count_samples(ws):
    nothing_yet("There are no samples yet, so there is nothing to agree on.")
    st.stop()
if not is_allowed(ws, "settle"):
    st.info("What others say is for experts and owners to see, so that it cannot sway you. Your samples are on Review.")
    st.page_link("pages/review.py", label="Review samples", icon=":material/rate_review:")
    st.stop()
facets = facet_bar(ws)
show_progress(ws)
waiting = len(read_conflicts(ws))
view = st.segmented_control(
    "View", [NUMBERS, QUEUE, ROUNDS], default=NUMBERS, required=True, key="agreement.view",
    format_func=lambda name: f"{name} ({waiting:,})" if name == QUEUE and waiting else name,
    label_visibility="collapsed", persist_state="session",
)  # fmt: skip
if view == NUMBERS:
    show_numbers(ws)
elif view == QUEUE:
    show_queue(ws)
else:
    show_rounds(ws, facets)
