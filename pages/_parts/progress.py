"""How runs are doing: read from the database once a second while something is at work."""

import streamlit as st

from curation import runs
from curation.errors import CurationError
from curation.store import Workspace
from curation.store.runs import Run, read_run
from pages._parts.plain import plain
from pages._parts.titles import run_title

SEEN = "progress.running"


def start(workspace: Workspace, job: runs.Job) -> None:
    """Start a run from a button; a refusal is shown, not raised."""
    try:
        runs.start(workspace, job)
    except CurationError as error:
        st.warning(plain(str(error)))


def show_progress(workspace: Workspace, *kinds: str) -> None:
    """Show the runs of these kinds that are at work (all kinds where none is named), with rate and time left.

    When one ends the whole page is drawn again, so that it shows what came of it.
    """
    wanted = kinds or ("",)
    at_work = [run for kind in wanted for run in runs.running(workspace, kind)]
    ended = [run for run in st.session_state.get(SEEN, []) if run not in at_work]
    for run in ended:
        found = read_run(workspace, run)
        if found:
            _result(found)
    st.session_state[SEEN] = at_work
    if at_work:
        _live(workspace, at_work)


@st.fragment(run_every="1s")
def _live(workspace: Workspace, at_work: list[str]) -> None:
    for name in at_work:
        run = read_run(workspace, name)
        if run is None or not run.is_running or name not in runs.running(workspace):
            st.rerun()
        line, button = st.columns([6, 1], vertical_alignment="center")
        share = run.done / run.requested if run.requested else 0.0
        line.progress(min(1.0, share), text=_words(run))
        button.button("Stop", key=f"progress.stop.{name}", on_click=runs.cancel, args=(name,), width="stretch")


def _words(run: Run) -> str:
    title = run_title(run.kind)
    if not run.done:
        return f"{title}: starting"
    if not run.requested:
        return f"{title}: {run.done:,} so far"
    left = run.seconds_left
    finishing = run.done >= run.requested
    rest = "finishing" if finishing else f"{left:,.0f} s left" if left is not None else "starting"
    return f"{title}: {run.done:,} of {run.requested:,} · {run.rate:,.0f} per second · {rest}"


def _result(run: Run) -> None:
    if run.status == "done":
        st.success(plain(run.note), icon=":material/check:")
    elif run.status == "cancelled":
        st.info(plain(run.note), icon=":material/stop_circle:")
    else:
        st.error(plain(run.note), icon=":material/error:")
