"""What people did, step by step: who, what, when, how many; any step can be taken back, or done again."""

import secrets
from datetime import date, datetime, time, timedelta

import streamlit as st

from curation.errors import CurationError
from curation.stages.history import do_again, revert
from curation.stages.revising import By
from curation.store import Workspace
from curation.store.history import Later, Past, Step, list_reviewers, read_steps, said_since
from pages._parts.cells import WHOLE, less_empty, visible_rows
from pages._parts.outcome import show_outcome
from pages._parts.plain import visible
from pages._parts.titles import count_of
from pages._parts.workspace import reviewer

WORDS = {
    "accept": "accepted", "reject": "rejected", "skip": "skipped", "tag": "tagged", "untag": "tag removed",
    "flag": "flagged", "unflag": "flag removed", "rate": "rated", "revise": "replaced", "reopen": "asked again",
    "settle accept": "accepted for good", "settle reject": "rejected for good", "undo": "took a step back",
}  # fmt: skip
SAID = "overview.history.said"
PRESS = "overview.history.press"
PAGE = 100
LISTED = 200
"""Later decisions that are listed one by one."""


def show_history(workspace: Workspace) -> None:
    """The steps that are chosen, newest first; one that is ticked with the way back from it."""
    if not read_steps(workspace, limit=1):
        st.caption("Nobody has decided on a sample yet. Accepting, rejecting and tagging show up here.")
        return
    show_outcome(SAID)
    past = _choose(workspace)
    steps = read_steps(workspace, past, PAGE + 1)
    if not steps:
        st.caption("No step is like this. Choose others above.")
        return
    if len(steps) > PAGE:
        st.caption(f"The latest {PAGE} of them. Choose a shorter time to see earlier ones.")
    rows = [
        {"when (UTC)": step.made, "who": step.reviewer, "what": _what(step), "note": _note(step),
         "samples": step.samples, "guidelines": f"version {step.guideline}" if step.guideline else ""}
        for step in steps[:PAGE]
    ]  # fmt: skip
    st.caption("Tick a row to take that step back or to do it again.")
    ticked = st.dataframe(
        visible_rows(less_empty(rows)), hide_index=True, width="stretch", key="overview.history",
        height=38 + 35 * min(len(rows), 10), on_select="rerun", selection_mode="single-row",
        column_config={"samples": WHOLE},
    )["selection"]["rows"]  # fmt: skip
    if ticked and ticked[0] < len(rows):
        _show_way_back(workspace, steps[ticked[0]])


def _choose(workspace: Workspace) -> Past:
    who, what, when, rest = st.columns([2, 3, 2, 2], vertical_alignment="bottom")
    people = who.multiselect(
        "Who", list_reviewers(workspace), key="overview.history.who", format_func=visible, placeholder="everybody"
    )
    acts = what.multiselect(
        "What", list(WORDS), key="overview.history.what", format_func=WORDS.__getitem__, placeholder="everything"
    )
    days = when.date_input("Days (UTC)", [], key="overview.history.days")
    standing = rest.toggle("Only what stands", key="overview.history.standing")
    since, until = _between(days)
    return Past(tuple(people), tuple(acts), since, until, standing)


def _between(days: object) -> tuple[datetime, datetime]:
    """From the first of the days up to the end of the last; everything where none is chosen."""
    chosen = [day for day in days if isinstance(day, date)] if isinstance(days, tuple) else []
    if not chosen:
        return datetime.min, datetime.max
    first, last = (datetime.combine(day, time()) for day in (chosen[0], chosen[-1]))
    return first, last + timedelta(days=1)


def _what(step: Step) -> str:
    return f"{WORDS.get(step.action, step.action)}{' (undone)' if step.is_undone else ''}"


def _note(step: Step) -> str:
    return WORDS.get(step.value, step.value) if step.action == "undo" else step.value


def _show_way_back(workspace: Workspace, step: Step) -> None:
    with st.container(border=True):
        st.text(visible(_sentence(step)))
        if step.action == "undo":
            st.caption("To say again what was taken back, tick the step that is marked as undone.")
            return
        press = st.session_state.setdefault(PRESS, secrets.token_hex(8))
        if step.is_undone:
            st.button(
                "Do it again", key=f"overview.again.{step.id}", icon=":material/redo:", on_click=_again,
                args=(workspace, step.id, press), help="A new step under your name that says the same.",
            )  # fmt: skip
            return
        later = said_since(workspace, step.id)
        _show_later(later, step)
        st.button(
            f"Take back for {count_of(step.samples, 'sample', 'samples')}", key=f"overview.undo.{step.id}",
            icon=":material/undo:", type="primary", on_click=_revert, args=(workspace, step.id),
        )  # fmt: skip


def _sentence(step: Step) -> str:
    note = f" ({_note(step)})" if step.value else ""
    many = count_of(step.samples, "sample", "samples")
    return f"{step.made:%Y-%m-%d %H:%M:%S} UTC, {step.reviewer}: {_what(step)}, {many}{note}"


def _show_later(later: list[Later], step: Step) -> None:
    """Where somebody said something since, taking this back changes nothing: they are listed first."""
    if not later:
        return
    one = "somebody has said something since: there, the later word stays"
    st.warning(f"On {count_of(len(later), 'sample', 'samples')} of {step.samples:,}, {one}.", icon=":material/info:")
    rows = [
        {"no.": one.sample, "who": one.reviewer, "what": WORDS.get(one.action, one.action), "note": one.value,
         "when (UTC)": one.made}
        for one in later[:LISTED]
    ]  # fmt: skip
    st.dataframe(
        visible_rows(less_empty(rows)), hide_index=True, width="stretch", key=f"overview.later.{step.id}",
        height=38 + 35 * min(len(rows), 6),
    )  # fmt: skip


def _revert(workspace: Workspace, step: str) -> None:
    try:
        found = revert(workspace, step, reviewer(workspace))
        st.session_state[SAID] = ("success", f"Taken back for {count_of(len(found), 'sample', 'samples')}.")
    except CurationError as error:
        st.session_state[SAID] = ("error", str(error))


def _again(workspace: Workspace, step: str, press: str) -> None:
    try:
        events = do_again(workspace, step, By(reviewer(workspace), press))
        st.session_state[SAID] = ("success", f"Done again: {count_of(events, 'decision', 'decisions')}.")
    except CurationError as error:
        st.session_state[SAID] = ("error", str(error))
    st.session_state[PRESS] = secrets.token_hex(8)
