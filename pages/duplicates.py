"""Duplicates: copies and near-duplicates, and the threshold from which one of them goes."""

import streamlit as st

from curation import runs
from curation.stages.comparing import comparison, exact_copies
from curation.stages.curating import current_recipe
from curation.stages.embedding import look_job
from curation.store.pairs import count_not_compared, latest_space
from curation.store.samples import count_samples
from pages._parts.duplicate_groups import show_groups
from pages._parts.duplicate_near import show_near
from pages._parts.duplicate_threshold import choose_unless
from pages._parts.empty import nothing_yet
from pages._parts.progress import show_progress, start
from pages._parts.titles import count_of
from pages._parts.workspace import workspace

ws = workspace()
st.title("Duplicates")
if not count_samples(ws):
    nothing_yet("There are no samples yet, so there is nothing to compare.")
    st.stop()
show_progress(ws, "embed")

busy = bool(runs.running(ws, "embed"))
apart = choose_unless(current_recipe(ws).duplicates.unless) if latest_space(ws) else ()
with st.spinner("Looking for what differs …"):
    comparing = comparison(ws, apart)
if comparing is None:
    st.info("Samples that say nearly the same are found by comparing their embedded texts. It can be stopped.")
    st.button(
        "Find near-duplicates",
        type="primary",
        key="duplicates.find",
        on_click=start,
        args=(ws, look_job(ws)),
        disabled=busy,
    )
else:
    new = count_not_compared(ws, comparing.space)
    if new:
        added = count_of(new, "sample was", "samples were")
        st.warning(f"{added} added since pairs were looked for, and not compared yet.")
        st.button("Compare again", key="duplicates.again", on_click=start, args=(ws, look_job(ws)), disabled=busy)
    if len(comparing.thresholds) > 1:
        show_near(ws, apart)
    else:
        st.warning("So many texts are the same that no threshold below 1 is known. Remove copies first.")

st.subheader("Exact copies")
with st.spinner("Looking for copies …"):
    same = exact_copies(ws)
repeat = count_of(len(same.removed), "prompt is", "prompts are")
st.caption(f"{repeat} the same as an earlier one but for case, spacing and sentence punctuation.")
if same.listed:
    show_groups(ws, same, "duplicates.copies")
