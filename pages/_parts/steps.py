"""What to do next, each with the button or link that does it."""

import streamlit as st

from curation.stages.embedding import look_job
from curation.stages.measuring import measure_job
from curation.stages.next_steps import NextStep, next_steps
from curation.store import Workspace
from pages._parts.progress import start

PAGES = {
    "filter": ("pages/filters.py", "Set filters", ":material/tune:"),
    "review": ("pages/review.py", "Review", ":material/rate_review:"),
    "export": ("pages/export.py", "Export", ":material/download:"),
}
JOBS = {"measure": ("Measure now", measure_job), "embed": ("Embed and map", look_job)}


def show_next_steps(workspace: Workspace, page: str) -> None:
    """Show the steps; `page` begins the names of the buttons."""
    steps = next_steps(workspace)
    for step in steps:
        words, act = st.columns([3, 2], vertical_alignment="center")
        words.write(step.why)
        with act:
            _act(workspace, step, page)
    if not steps:
        st.write("Nothing is left to do here.")


def _act(workspace: Workspace, step: NextStep, page: str) -> None:
    if step.what in JOBS:
        label, job = JOBS[step.what]
        st.button(
            label,
            key=f"{page}.{step.what}",
            on_click=lambda: start(workspace, job(workspace)),
            width="stretch",
        )
        return
    target, label, icon = PAGES[step.what]
    st.page_link(target, label=label, icon=icon)
