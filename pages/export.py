"""Export: what is in, split without leaks, in the formats that trainers read."""

import numpy as np
import streamlit as st

from curation.stages.curating import current_recipe
from curation.stages.exporting import Wanted, default_root
from curation.stages.planning import inside
from curation.stages.selecting import KIND as SELECT
from curation.stages.subset import KIND as SUBSET
from curation.store.people import refusal
from curation.store.samples import count_samples
from pages._parts.empty import nothing_yet
from pages._parts.export_files import choose_files
from pages._parts.export_finished import show_finished
from pages._parts.export_gate import show_gate
from pages._parts.export_guidance import show_guidance
from pages._parts.export_outlay import show_outlay
from pages._parts.export_plan import planned, show_carried, show_plan
from pages._parts.export_practice import choose_practice, show_practice
from pages._parts.export_shape import choose_contents, keep_in_recipe
from pages._parts.export_splits import choose_splits
from pages._parts.export_start import offer_export
from pages._parts.export_subset import show_subset
from pages._parts.progress import show_progress
from pages._parts.workspace import workspace

ws = workspace()
st.title("Export")
with st.container():  # what is below stays in its place when a run begins or ends
    show_progress(ws, "export", "push", SUBSET, SELECT)
if not count_samples(ws):
    nothing_yet("No sample is in the workspace yet, so there is nothing to export.")
    st.stop()

left, right = st.columns([2, 3], gap="large")
with left:
    contents, mixed, dealt, written = st.tabs(["Contents", "Selection and mixture", "Splits", "Files"])
with contents:
    accepted_only = st.toggle(
        "Only what a person accepted",
        key="export.accepted",
        help="Off: everything that the recipe keeps and nobody rejected is exported too.",
    )
    states = ("accepted",) if accepted_only else ("accepted", "kept")
    practice = choose_practice(ws, states)
with mixed:
    shape = choose_contents(ws, states, practice)
with dealt:
    shape = choose_splits(ws, shape)
with written:
    files = choose_files(current_recipe(ws).formats)
with left:
    keep_in_recipe(ws, shape)

with right:
    chosen = planned(ws, states, shape, practice)
if chosen:
    numbers, available = np.asarray(chosen.numbers, np.int32), inside(ws, states, practice=practice)
    with mixed:
        show_guidance(ws, numbers)
        show_outlay(ws, numbers, available)
    wanted = Wanted(
        files.name,
        files.formats,
        default_root(ws),
        states,
        shape,
        files.licence,
        practice,
        files.text,
        files.traced,
    )
    with right:
        show_plan(chosen)
        show_practice(ws, states, practice)
        going, barred = st.container(), refusal(ws, "export")
        # What people disagree on is nobody's business who may not export.
        wanted, held = (wanted, True) if barred else show_gate(ws, wanted, chosen, going)
        with going:
            offer_export(ws, wanted, barred, held=held)
        show_carried(chosen, wanted.forms())
        show_subset(ws, numbers, available)

show_finished(ws)
