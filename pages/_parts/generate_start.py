"""Starting and resuming generation runs, and turning to the one that was started."""

import streamlit as st

from curation import runs
from curation.errors import CurationError
from curation.runs import Job
from curation.stages.asking import Caps
from curation.stages.judging import KIND as JUDGING
from curation.stages.judging import resume_judging
from curation.stages.synthesis import KIND, resume_synthesis
from curation.store import Workspace
from curation.store.runs import read_run
from pages._parts.plain import plain

MAKE, JUDGE, PAIR = "Make samples", "Judge", "Pair"
WHAT = "generate.what"
NEW, RUNS = "New samples", "Runs"
VIEW = "generate.view"
RUN = "generate.run"


def choose_what() -> str:
    """Which step of making data: samples, scores of those that are there, or pairs of them."""
    st.session_state.setdefault(WHAT, MAKE)
    what = st.segmented_control(
        "What", [MAKE, JUDGE, PAIR], required=True, key=WHAT, label_visibility="collapsed", persist_state="session"
    )
    return what or MAKE


def choose_view(workspace: Workspace) -> str:
    """Whether to set up a run or to look at one."""
    at_work = len(runs.running(workspace, KIND))
    st.session_state.setdefault(VIEW, NEW)
    view = st.segmented_control(
        "View", [NEW, RUNS], required=True, key=VIEW, label_visibility="collapsed",
        format_func=lambda one: f"Runs ({at_work} at work)" if one == RUNS and at_work else one,
        persist_state="session",
    )  # fmt: skip
    return view or NEW


def begin(workspace: Workspace, job: Job | None) -> None:
    """Start a run from a button and turn to it; a refusal is shown, not raised."""
    if job is None:
        return
    try:
        st.session_state[RUN] = runs.start(workspace, job)
    except CurationError as error:
        st.warning(plain(str(error)))
        return
    st.session_state[WHAT], st.session_state[VIEW] = MAKE, RUNS


def resume(workspace: Workspace, run: str, caps: Caps | None = None) -> None:
    """Go on with a run from a button and turn to it; a refusal is shown, not raised."""
    found = read_run(workspace, run)
    judging = found is not None and found.kind == JUDGING
    try:
        (resume_judging if judging else resume_synthesis)(workspace, run, caps)
    except CurationError as error:
        st.warning(plain(str(error)))
        return
    if judging:
        return
    st.session_state[RUN] = run
    st.session_state[VIEW] = RUNS
