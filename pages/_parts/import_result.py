"""What came of the import that was started last."""

import streamlit as st

from curation.stages.refusals import refusals_csv
from curation.store import Workspace
from curation.store.runs import read_run
from curation.store.samples import read_refusals
from pages._parts.import_layout import show_refusals
from pages._parts.import_source import RUN
from pages._parts.steps import show_next_steps

SHOWN = 1000


def show_result(workspace: Workspace) -> None:
    """Rows read, new, repeated and refused, the refused ones with their reasons, and what to do next."""
    run = read_run(workspace, st.session_state.get(RUN, ""))
    if run is None or run.is_running:
        return
    with st.container(border=True):
        st.subheader("The last import" if run.status == "done" else f"The last import {run.status}")
        st.text(run.note)
        refused = read_refusals(workspace, run.id)
        if refused:
            more = f" (the first {SHOWN:,} are shown)" if len(refused) > SHOWN else ""
            st.caption(f"Refused rows: {len(refused):,}{more}")
            show_refusals(refused[:SHOWN], "import.refused")
            st.download_button(
                "Download the refused rows as CSV",
                data=lambda: refusals_csv(refused),
                file_name=f"refused-{run.id}.csv",
                mime="text/csv",
                on_click="ignore",
                key="import.refused.csv",
            )
        if run.status == "done":
            show_next_steps(workspace, "import")
        st.page_link("pages/overview.py", label="See the overview", icon=":material/home:")
