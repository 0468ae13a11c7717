"""What a view of Diversity is about that is not measured yet; views that need none of it say nothing."""

from collections.abc import Sequence

import streamlit as st

from curation.stages.measuring import measure_job, stale, unmeasured
from curation.store import Workspace
from curation.store.samples import count_samples
from pages._parts.progress import start


def show_unmeasured(workspace: Workspace, signals: Sequence[str]) -> None:
    """How many samples lack one of these signals, and a button that measures them."""
    missing = unmeasured(workspace, signals)
    if not missing:
        return
    if set(signals) & set(stale(workspace)):
        st.info(
            "The samples were measured with an earlier version or another choice in Settings; the charts show that."
        )
    else:
        st.info(f"{missing:,} of {count_samples(workspace):,} samples are not measured yet; the charts leave them out.")
    st.button(
        "Measure them", key="diversity.measure", type="primary",
        on_click=lambda: start(workspace, measure_job(workspace)),
    )  # fmt: skip
