"""Duplicates: copies and near-duplicates, three ways to compare, and the threshold from which one of them goes."""

import streamlit as st

from curation.store.samples import count_samples
from pages._parts.duplicate_exact import show_exact
from pages._parts.duplicate_ways import show_meaning, show_words
from pages._parts.empty import nothing_yet
from pages._parts.progress import show_progress
from pages._parts.workspace import workspace

VIEWS = {"Exact copies": show_exact, "Same words (ROUGE-L)": show_words, "Same meaning (cosine)": show_meaning}
"""What tells that two samples are the same, and how that is shown."""

ws = workspace()
st.title("Duplicates")
if not count_samples(ws):
    nothing_yet("There are no samples yet, so there is nothing to compare.")
    st.stop()
show_progress(ws, "embed", "lexical", "differ")
view = st.segmented_control(
    "What makes two samples the same", list(VIEWS), default="Same meaning (cosine)", required=True,
    key="duplicates.view", persist_state="session",
)  # fmt: skip
VIEWS[view](ws)
