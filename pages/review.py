"""Review: decide on samples one by one with single keys, or on many at once."""

import streamlit as st

from curation.stages.queueing import Wanted
from curation.store.browse import count, numbers_of
from curation.store.samples import count_samples, find_sample
from pages._parts.empty import nothing_yet
from pages._parts.facet_bar import facet_bar
from pages._parts.progress import show_progress
from pages._parts.repair_results import REPAIRS, has_repairs, show_repairs
from pages._parts.review_card import show_card
from pages._parts.review_order import choose_queue
from pages._parts.review_walk import SAMPLE, forget, walk
from pages._parts.table import acts, show_matching
from pages._parts.table_order import choose_order
from pages._parts.titles import count_of
from pages._parts.workspace import reviewer, workspace

ws = workspace()
st.title("Review")
if not count_samples(ws):
    nothing_yet("There are no samples yet, so there is nothing to review.")
    st.stop()
facets = facet_bar(ws)
show_progress(ws)

st.session_state.setdefault("review.view", "One at a time")
how, order, beside = st.columns([2, 2, 3], vertical_alignment="center")
view = how.segmented_control(
    "View", ["One at a time", "Table", *([REPAIRS] if has_repairs(ws) else [])], required=True, key="review.view",
    label_visibility="collapsed", on_change=forget, persist_state="session",
)  # fmt: skip

if view == "Table":
    matching = count(ws, facets)
    sorting = choose_order(ws, facets, "review.sort")
    st.caption(f"{count_of(matching, 'sample matches', 'samples match')}. Tick rows to act on those alone.")
    space = st.container()
    ticked = show_matching(ws, facets, matching, "review.table", sorting)
    with space:
        if ticked:
            acts(ws, ticked, "review.acts", "the ticked rows")
        else:
            acts(ws, numbers_of(ws, facets).tolist(), "review.acts", "all that match, not only this page")
    st.stop()

if view == REPAIRS:
    show_repairs(ws)
    st.stop()

with order:
    in_order = choose_queue()
with_facts = beside.toggle(
    "Facts and neighbours", value=True, key="review.facts", persist_state="session",
    help="Where the sample came from, what was measured, which others are like it. Off is a little faster.",
)  # fmt: skip
found = walk(ws, Wanted(facets, reviewer(ws), in_order))
linked = st.query_params.get(SAMPLE, "")
if linked:
    number = find_sample(ws, linked)
    if number is None:
        st.warning("The sample in the address is not in this workspace. Here is the queue instead.")
    elif number != found.shown:
        found.show(number)
show_card(ws, with_facts)
