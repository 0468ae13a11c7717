"""The generation runs: started, watched, resumed, looked at afterwards."""

from collections import Counter
from collections.abc import Sequence
from datetime import UTC

import streamlit as st

from curation import runs
from curation.facets import Facets
from curation.pairing import METHOD as PAIRS
from curation.stages.synthesis import KIND
from curation.store import Workspace
from curation.store.plans import has_plan
from curation.store.runs import Run, read_run, recent_runs
from pages._parts.facet_bar import choose
from pages._parts.generate_dropped import show_dropped
from pages._parts.generate_grid import show_grid
from pages._parts.generate_landed import show_landed
from pages._parts.generate_live import endpoint_of, show_numbers, show_standing
from pages._parts.generate_novelty import show_novelty
from pages._parts.generate_start import RUN, resume
from pages._parts.plain import plain, visible
from pages._parts.progress import attempt, why
from pages._parts.titles import method_title
from pages._parts.watch_view import show_watch

LISTED = 200
"""So many of the latest runs of any kind are looked through."""


def show_runs(workspace: Workspace) -> None:
    """One run, the latest where none is chosen: how it stands, what it made, what it dropped."""
    found = {run.id: run for run in recent_runs(workspace, LISTED) if run.kind == KIND}
    if not found:
        st.info("Nothing has been generated yet. Choose a method under “New samples”.")
        return
    if st.session_state.get(RUN) not in found:
        st.session_state[RUN] = next(iter(found))
    titles = _titles(list(found.values()))
    chosen = st.selectbox("Run", list(found), key=RUN, format_func=lambda run: titles[run])
    run = read_run(workspace, chosen)
    if run is None:
        return
    # Once a second while it is at work; drawn once where nothing changes any more.
    st.fragment(_head, run_every="1s" if run.is_running else None)(workspace, run.id, run.status)
    if has_plan(workspace, run.id):
        every = "5s" if run.is_running else None
        show_landed(workspace, run)
        st.fragment(show_watch, run_every=every)(workspace, run)
        st.fragment(show_dropped, run_every=every)(workspace, run)
        show_grid(workspace, run)
        show_novelty(workspace, run)
    elif run.method == PAIRS:
        show_dropped(workspace, run)


def _head(workspace: Workspace, name: str, status: str) -> None:
    run = read_run(workspace, name)
    if run is None or run.status != status:
        st.rerun()
    planned = has_plan(workspace, name)
    if run.is_running:
        _at_work(run, planned)
    else:
        _ended(workspace, run, planned)
    if planned:
        show_numbers(workspace, run)


def _ended(workspace: Workspace, run: Run, planned: bool) -> None:
    _said(run)
    if run.done:
        _ways(run)
    if planned and run.is_resumable:
        show_standing(workspace, run, resume)


def _at_work(run: Run, planned: bool) -> None:
    line, rest, enough = st.columns([5, 1, 1], vertical_alignment="center")
    line.progress(min(1.0, run.done / run.requested if run.requested else 0.0), text=_words(run))
    if planned:
        rest.button(
            "Pause", key=f"generate.pause.{run.id}", icon=":material/pause:", on_click=attempt,
            args=(runs.pause, run.id),
            width="stretch",
        )  # fmt: skip
    enough.button(
        "Stop", key=f"generate.stop.{run.id}", icon=":material/stop:", on_click=attempt, args=(runs.cancel, run.id),
        width="stretch",
    )  # fmt: skip


def _words(run: Run) -> str:
    if not run.done:
        return "Starting: the first answers are on their way"
    rate = f"{run.rate:,.1f} per second"
    left = run.seconds_left
    if left is None or run.done >= run.requested:
        # A method may give several samples for each that was wanted, and goes on until it has its target.
        return f"{run.done:,} samples so far · {rate}"
    return f"{run.done:,} of {run.requested:,} samples · {rate} · about {_time(left)} left"


def _time(seconds: float) -> str:
    return f"{seconds:,.0f} s" if seconds < 120 else f"{seconds / 60:,.0f} min"


def _said(run: Run) -> None:
    show, icon = {
        "done": (st.success, ":material/check:"),
        "failed": (st.error, ":material/error:"),
        "paused": (st.warning, ":material/pause_circle:"),
        "interrupted": (st.warning, ":material/bolt:"),
    }.get(run.status, (st.info, ":material/stop_circle:"))
    show(f"**{run.status.capitalize()}.** {plain(why(run))}", icon=icon)


def _ways(run: Run) -> None:
    with st.container(horizontal=True):
        table = st.button("See what it made in a table", key="generate.table", icon=":material/table_rows:")
        single = st.button("Review it one by one", key="generate.review", icon=":material/rate_review:")
    if table or single:
        choose(Facets(runs=(run.id,)))
        st.session_state["review.view"] = "Table" if table else "One at a time"
        st.switch_page("pages/review.py")


def _titles(found: Sequence[Run]) -> dict[str, str]:
    """A title for each run; those of one second get the end of their id, because options are told apart by title."""
    titles = {run.id: _title(run) for run in found}
    often = Counter(titles.values())
    return {run: f"{title} · {run[-4:]}" if often[title] > 1 else title for run, title in titles.items()}


def _title(run: Run) -> str:
    endpoint = f" · {endpoint_of(run)}" if endpoint_of(run) else ""
    started = run.started.replace(tzinfo=UTC).astimezone()
    return visible(f"{method_title(run.method)}{endpoint} · {started:%Y-%m-%d %H:%M:%S}")
