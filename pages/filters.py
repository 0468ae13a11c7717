"""Filters: bounds on what was measured, with what they would remove, before they are in force."""

import streamlit as st

from curation.facets import Facets
from curation.stages.measuring import measure_job, unmeasured
from curation.stages.tuning import Choice, choices, effect, misfits, removal
from curation.store import Workspace
from curation.store.browse import count
from curation.store.samples import count_samples
from pages._parts.bounds import LOOK
from pages._parts.empty import nothing_yet
from pages._parts.facet_bar import facet_bar
from pages._parts.filters_draft import draft, show_apply, show_problem, show_start
from pages._parts.filters_rules import show_duplicates, show_rules
from pages._parts.filters_signal import show_signal
from pages._parts.filters_views import show_view
from pages._parts.progress import show_progress, start
from pages._parts.table import show_matching
from pages._parts.titles import count_of
from pages._parts.workspace import workspace


def measure_button(opened: Workspace) -> None:
    """Start measuring what is not measured."""
    if st.button("Measure", key="filters.measure", type="primary"):
        start(opened, measure_job(opened))
        st.rerun()


@st.fragment
def tune(opened: Workspace, measured: dict[str, Choice]) -> None:
    """Everything that follows a bound as it moves."""
    if st.session_state.pop(LOOK, False):
        st.rerun()
    recipe = draft(opened)
    out = removal(opened, recipe, measured)
    found = effect(out)
    show_problem()
    left, right = st.columns(2, gap="large")
    with left:
        choice = show_signal(opened, recipe, found, measured)
    with right:
        show_rules(recipe, found, misfits(opened, recipe, measured))
        show_duplicates(recipe)
        show_apply(opened, recipe, measured)
    show_view(opened, choice, recipe, out, measured)


def show_chosen(opened: Workspace, facets: Facets) -> None:
    """The samples that the bar which was clicked, or another choice, narrows down to."""
    matching = count(opened, facets)
    st.subheader(f"{count_of(matching, 'sample matches', 'samples match')} what is chosen")
    show_matching(opened, facets, matching, "filters.matching")


ws = workspace()
st.title("Filters")
total = count_samples(ws)
if not total:
    nothing_yet("There are no samples yet, so there is nothing to filter.")
    st.stop()
facets = facet_bar(ws)
show_progress(ws, "measure", "contamination", "classify", "judge")
measured = choices(ws)
if not measured:
    st.info("Nothing is measured yet. Measuring looks at every sample once; after that bounds can be tried freely.")
    measure_button(ws)
    st.stop()
missing = unmeasured(ws)
if missing:
    st.info(f"{count_of(missing, 'sample is', 'samples are')} not measured on every signal yet; rules let those pass.")
    measure_button(ws)
show_start(ws)
tune(ws, measured)
if facets:
    show_chosen(ws, facets)
