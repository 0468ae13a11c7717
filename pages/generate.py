"""Generate: make samples from tables, from other samples, or by asking a model."""

import streamlit as st

from curation.generators import GENERATORS
from pages._parts.facet_bar import facet_bar
from pages._parts.generate_ask import show_ask
from pages._parts.generate_method import show_method
from pages._parts.generate_result import show_last
from pages._parts.progress import show_progress
from pages._parts.workspace import workspace

ASK = "ask"

ws = workspace()
st.title("Generate")
facets = facet_bar(ws)
show_progress(ws)

show_last(ws)

method = st.segmented_control(
    "Method",
    [*GENERATORS, ASK],
    default=next(iter(GENERATORS)),
    required=True,
    format_func=lambda name: "Ask a model" if name == ASK else GENERATORS[name].label(),
    key="generate.method",
    label_visibility="collapsed",
    persist_state="session",
)
if method == ASK:
    show_ask(ws)
else:
    show_method(ws, method, facets)
