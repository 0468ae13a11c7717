"""How runs are doing: read from the database once a second while something is at work."""

from collections.abc import Callable
from datetime import UTC

import streamlit as st

from curation import runs
from curation.errors import CurationError
from curation.store import Workspace
from curation.store.plans import has_plan
from curation.store.runs import Run, read_run, standing_runs
from pages._parts.plain import plain
from pages._parts.titles import method_title, run_title

Resume = Callable[[str], None]

SEEN = "progress.running"


def start(workspace: Workspace, job: runs.Job) -> None:
    """Start a run from a button; a refusal is shown, not raised.

    What came of it is told by the next `show_progress`, also where it has ended by then.
    """
    try:
        st.session_state[SEEN] = [*st.session_state.get(SEEN, []), runs.start(workspace, job)]
    except CurationError as error:
        st.warning(plain(str(error)))


def show_progress(workspace: Workspace, *kinds: str, resume: Resume | None = None) -> None:
    """Show the runs of these kinds that are at work (all kinds where none is named), with rate and time left.

    When one ends the whole page is drawn again, so that it shows what came of it. A page that gives `resume`, which
    starts the run of this id again, also shows the runs that stand still.
    """
    runs.settle(workspace)
    wanted = kinds or ("",)
    at_work = [run for kind in wanted for run in runs.running(workspace, kind)]
    standing = {run.id: run for run in standing_runs(workspace)} if resume else {}
    ended = [run for run in st.session_state.get(SEEN, []) if run not in at_work and run not in standing]
    st.session_state[SEEN] = at_work + _told(workspace, ended)
    if at_work:
        _live(workspace, at_work)
    if resume:
        for run in standing.values():
            _standing(workspace, run, resume)


def _told(workspace: Workspace, ended: list[str]) -> list[str]:
    """Tell what came of runs; those that are at work still, of a kind that another call shows, are given back."""
    left = []
    for name in ended:
        found = read_run(workspace, name)
        if found and found.is_running:
            left.append(name)
        elif found:
            _result(found)
    return left


def why(run: Run) -> str:
    """Why a run ended, in a sentence; one whose process died could not write it down itself."""
    died = "Sift ended while it was at work. What was made and paid for is kept; resume it to go on."
    return run.note or (died if run.status == "interrupted" else "")


@st.fragment(run_every="1s")
def _live(workspace: Workspace, at_work: list[str]) -> None:
    for name in at_work:
        run = read_run(workspace, name)
        if run is None or not run.is_running or name not in runs.running(workspace):
            st.rerun()
        line, rest, button = st.columns([5, 1, 1], vertical_alignment="center")
        share = run.done / run.requested if run.requested else 0.0
        line.progress(min(1.0, share), text=_words(run))
        if has_plan(workspace, name):
            rest.button(
                "Pause", key=f"progress.pause.{name}", on_click=attempt, args=(runs.pause, name), width="stretch"
            )
        button.button("Stop", key=f"progress.stop.{name}", on_click=attempt, args=(runs.cancel, name), width="stretch")


def _standing(workspace: Workspace, run: Run, resume: Resume) -> None:
    line, again, enough = st.columns([5, 1, 1], vertical_alignment="center")
    when = f" Worth resuming at {run.resume_at.replace(tzinfo=UTC).astimezone():%H:%M}." if run.resume_at else ""
    line.info(
        f"{run_title(run.kind)} ({plain(method_title(run.method))}) is {run.status} at {run.done:,}. "
        f"{plain(why(run))}{when}",
        icon=":material/pause_circle:",
    )
    again.button("Resume", key=f"progress.resume.{run.id}", on_click=attempt, args=(resume, run.id), width="stretch")
    given = (lambda name: runs.give_up(workspace, name), run.id)
    enough.button("Give up", key=f"progress.give_up.{run.id}", on_click=attempt, args=given, width="stretch")


def attempt(act: Resume, run: str) -> None:
    """Do something to a run from a button; a refusal is shown, not raised."""
    try:
        act(run)
    except CurationError as error:
        st.toast(plain(str(error)))


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
    elif run.status in ("cancelled", "paused"):
        st.info(
            plain(run.note), icon=":material/stop_circle:" if run.status == "cancelled" else ":material/pause_circle:"
        )
    else:
        st.error(plain(run.note), icon=":material/error:")
