"""What came of the last generation, with the way to its samples."""

import streamlit as st

from curation.facets import Facets
from curation.store import Workspace
from curation.store.runs import Run, recent_runs
from pages._parts.facet_bar import choose
from pages._parts.plain import visible


def show_last(workspace: Workspace) -> None:
    """The last run that has ended: its result and where to look at it, or why it failed and what to do."""
    last = next((run for run in recent_runs(workspace) if run.kind == "generate"), None)
    if last is None or last.is_running:
        return
    with st.container(border=True):
        st.caption(f"The last run ({last.status})")
        st.text(visible(last.note))
        if last.status in ("done", "cancelled"):
            _ways(last)
        elif last.method == "ask":
            st.page_link("pages/settings.py", label="Check the model", icon=":material/settings:")


def _ways(run: Run) -> None:
    left, right, _ = st.columns([1, 1, 1])
    table = left.button("See what it made in a table", key="generate.table", icon=":material/table_rows:")
    single = right.button("Review it one by one", key="generate.review", icon=":material/rate_review:")
    if table or single:
        choose(Facets(methods=(run.method,)))
        st.session_state["review.view"] = "Table" if table else "One at a time"
        st.switch_page("pages/review.py")
