"""The same repair for samples like this one: which, at what cost; what comes of it is looked at before any is taken."""

from dataclasses import replace

import streamlit as st

from curation import runs
from curation.errors import CurationError
from curation.stages.asking import Caps
from curation.stages.finding import nearest_to
from curation.stages.repairing import KIND, Repairing, expect_repair, repair_job
from curation.store import Workspace
from curation.store.browse import numbers_of
from pages._parts.generate_cost import choose_budget, show_estimate
from pages._parts.plain import plain
from pages._parts.progress import start
from pages._parts.review_walk import current

LIKE, MATCHING = "Most like this one in meaning", "All that match the filters"
STARTED = "review.similar.started"


def show_similar(workspace: Workspace, number: int, order: Repairing) -> None:
    """A switch that opens the choice of samples and the button that starts the run."""
    if st.session_state.pop(STARTED, False):
        st.rerun()  # the whole page, which shows the run under Repairs
    if not st.toggle("Repair similar samples in the same way", key="review.similar", persist_state="session"):
        return
    with st.container(border=True):
        try:
            numbers = _choose(workspace, number)
            if not numbers:
                st.info("No sample is known to be like this one. Embed the samples on the Map page, or filter.")
                return
            caps = choose_budget("review.similar.caps")
            wanted = replace(order, numbers=numbers, caps=Caps(tokens=caps.tokens, dollars=caps.dollars))
            show_estimate(expect_repair(workspace, wanted))
        except CurationError as error:
            st.info(plain(str(error)), icon=":material/info:")
            return
        st.button(
            f"Repair these {len(numbers):,}", key=f"review.similar.start.{current().event}", type="primary",
            icon=":material/auto_fix_high:", disabled=bool(runs.running(workspace, KIND)),
            on_click=_start, args=(workspace, wanted),
        )  # fmt: skip
        st.caption("What comes back stands under Repairs, each with what changed. Nothing is taken before you say so.")


def _choose(workspace: Workspace, number: int) -> tuple[int, ...]:
    how = st.radio("Which", [LIKE, MATCHING], key="review.similar.which", persist_state="session")
    if how == LIKE:
        most = st.number_input("How many", 1, 1000, 10, key="review.similar.most", persist_state="session")
        return tuple(other for other, _ in nearest_to(workspace, number, int(most)))
    return tuple(int(one) for one in numbers_of(workspace, current().wanted.facets) if one != number)


def _start(workspace: Workspace, order: Repairing) -> None:
    try:
        start(workspace, repair_job(workspace, order))
    except CurationError as error:
        st.toast(plain(str(error)))
        return
    st.session_state["review.view"] = "Repairs"
    st.session_state[STARTED] = True
