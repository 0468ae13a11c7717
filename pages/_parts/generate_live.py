"""How a run with a model stands: numbers, requests and failures, rounds; and what to do where it stands still."""

import json
from collections.abc import Callable
from datetime import UTC

import streamlit as st

from curation import runs
from curation.errors import CurationError
from curation.stages.asking import Caps
from curation.stages.outlook import Outlook, look_out
from curation.stages.practice import NAME as PRACTICE
from curation.stages.synthesis import read_order
from curation.store import Workspace
from curation.store.asked import Asked
from curation.store.runs import Run
from pages._parts.cells import WHOLE, visible_rows
from pages._parts.generate_cost import choose_caps, spent
from pages._parts.generate_rounds import show_rounds
from pages._parts.plain import plain
from pages._parts.practice_mark import practice_mark
from pages._parts.titles import count_of

Resume = Callable[[Workspace, str, Caps | None], None]
PROBLEMS = {
    "refused": "the model refused",
    "filtered": "a filter of the endpoint stopped the answer",
    "truncated": "the answer was cut off at its longest length",
    "empty": "the answer was empty",
    "malformed": "the answer had not the form asked for",
    "too large": "the answer was too large",
    "rejected": "the endpoint rejected the request",
    "server": "the endpoint failed (5xx)",
    "rate limit": "too many requests (429)",
    "timeout": "no answer in time",
    "unreachable": "the endpoint could not be reached",
    "redirect": "the endpoint wanted to send us elsewhere",
    "unknown": "sent, and nothing came back",
    "auth": "the key was refused",
    "quota": "the account has no money left",
    "not found": "no such model or address",
}


def show_numbers(workspace: Workspace, run: Run) -> None:
    """What was made, what it cost, what was asked, and the rounds."""
    look = look_out(workspace, run)
    if endpoint_of(run) == PRACTICE:
        practice_mark()
    _money(run, look)
    left, right = st.columns([2, 3], gap="large")
    with left:
        _requests(look.asked)
    with right:
        show_rounds(run, look.rounds)


def endpoint_of(run: Run) -> str:
    """The name of the endpoint that a run asks, "" where it asks none."""
    return str(json.loads(run.options).get("endpoint", ""))


def show_standing(workspace: Workspace, run: Run, resume: Resume) -> None:
    """A run that stands still: when it is worth resuming, with which caps, or that it is enough."""
    try:
        order = read_order(workspace, run.id)
    except CurationError as error:
        st.caption(plain(str(error)))
        return
    if run.resume_at:
        st.caption(f"Worth resuming at {run.resume_at.replace(tzinfo=UTC).astimezone():%H:%M}.")
    with st.container(border=True):
        st.caption("What was paid for is kept and not asked again. The caps count for the whole run.")
        caps = choose_caps(f"generate.resume.{run.id}", order.caps)
        with st.container(horizontal=True):
            st.button(
                "Resume", key=f"generate.resume.{run.id}", type="primary", icon=":material/play_arrow:",
                on_click=resume, args=(workspace, run.id, caps),
            )  # fmt: skip
            if run.status in ("paused", "interrupted"):
                st.button(
                    "Give up", key=f"generate.give_up.{run.id}", icon=":material/stop:", on_click=_give_up,
                    args=(workspace, run.id), help="What it made stays; it is offered for resuming no more.",
                )  # fmt: skip
            if order.endpoint != PRACTICE:
                st.page_link("pages/settings.py", label="Check the model in the settings", icon=":material/settings:")


def _give_up(workspace: Workspace, run: str) -> None:
    try:
        runs.give_up(workspace, run)
    except CurationError as error:
        st.warning(plain(str(error)))


def _money(run: Run, look: Outlook) -> None:
    made, cost, each, whole = st.columns(4)
    made.metric(
        f"Kept of {look.made.proposed:,} proposed", f"{look.made.kept:,} ({look.made.share:.0%})", border=True,
        help=f"Stored as {look.made.samples:,} samples; equal texts are one.",
    )  # fmt: skip
    unpriced = look.asked.unpriced
    cost.metric(
        "Cost so far" if run.is_running else "Cost", "unknown" if unpriced else spent(look.asked.cost), border=True,
        help=plain(f"{unpriced:,} requests without a known price") if unpriced else None,
    )  # fmt: skip
    per_kept = "none kept" if look.made.cost_per_kept is None else spent(look.made.cost_per_kept)
    each.metric("Cost per kept sample", "unknown" if unpriced else per_kept, border=True)
    if run.is_running:
        whole.metric("Cost, projected", spent(look.projected), border=True, help="At the price of what was kept.")
    else:
        whole.metric("Tokens", f"{look.asked.tokens:,}", border=True)


def _requests(asked: Asked) -> None:
    st.caption("Requests")
    rows = [
        {"requests": "answered", "number": asked.answered},
        {"requests": "on their way", "number": asked.waiting},
        *({"requests": _failure(name), "number": n} for name, n in asked.failed.items()),
        {"requests": "in all", "number": asked.requests},
    ]
    st.dataframe(visible_rows(rows), hide_index=True, width="stretch", column_config={"number": WHOLE})
    attempts = count_of(asked.attempts, "attempt", "attempts")
    st.caption(f"{attempts}, repeats included · {asked.rate:,.1f} answers per second")


def _failure(problem: str) -> str:
    # What was written down ahead and then not needed, because the run ended, has not failed.
    return "not sent after all" if problem == "not sent" else f"failed: {PROBLEMS.get(problem, problem)}"
