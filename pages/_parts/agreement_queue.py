"""The queue of an expert: one disputed sample at a time, with all opinions and reasons in view."""

import secrets
from typing import Literal

import streamlit as st

from curation.errors import CurationError
from curation.stages.adjudicating import conflicts, read_case, settle
from curation.stages.revising import By
from curation.store import Workspace
from curation.store.decisions import undo
from curation.store.samples import read_samples
from pages._parts.agreement_disputed import show_opinions
from pages._parts.card import show_facts, show_text
from pages._parts.plain import plain
from pages._parts.titles import count_of
from pages._parts.workspace import reviewer

AT, EVENT, REASON = "agreement.queue.at", "agreement.queue.event", "agreement.queue.reason"
KEYS: tuple[tuple[Literal["accept", "reject"], str, str, str], ...] = (
    ("accept", "Accept", "A", ":material/check:"),
    ("reject", "Reject", "X", ":material/close:"),
)


@st.fragment
def show_queue(workspace: Workspace) -> None:
    """What waits, the keys, and the sample; at the end, what to do next."""
    waiting = conflicts(workspace)
    event = st.session_state.setdefault(EVENT, secrets.token_hex(8))
    number = next((sample for sample in waiting if sample >= st.session_state.get(AT, 0)), next(iter(waiting), None))
    if number is None:
        st.success("Nobody waits for an expert.", icon=":material/check:")
        st.caption("Samples of a round come here when all opinions that it asks for are there and they differ.")
        _keys(workspace, None, event)
        return
    st.caption(f"{count_of(len(waiting), 'sample waits', 'samples wait')}. What you say here stands above what others "
               "said, now or later.")  # fmt: skip
    _keys(workspace, number, event)
    left, right = st.columns([3, 2], gap="large")
    (sample,) = read_samples(workspace, [number])
    with left:
        st.text(f"No. {number:,}")
        show_text(sample)
    with right:
        case = read_case(workspace, number)
        show_opinions(case.opinions, case.settled)
        show_facts(workspace, number)


def _keys(workspace: Workspace, number: int | None, event: str) -> None:
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        for verdict, title, key, icon in KEYS:
            st.button(
                title, key=f"agreement.{verdict}.{event}", shortcut=key, icon=icon, disabled=number is None,
                type="primary" if verdict == "accept" else "secondary",
                on_click=_settle, args=(workspace, number, verdict, event),
            )  # fmt: skip
        st.button("Undo", key=f"agreement.undo.{event}", shortcut="U", icon=":material/undo:",
                  on_click=_undo, args=(workspace,))  # fmt: skip
        st.button("Next", key=f"agreement.next.{event}", shortcut="J", icon=":material/arrow_forward:",
                  disabled=number is None, on_click=_go, args=((number or 0) + 1,))  # fmt: skip
        st.text_input("Reason", key=REASON, placeholder="why, for those who differed", label_visibility="collapsed")


def _settle(workspace: Workspace, number: int, verdict: Literal["accept", "reject"], event: str) -> None:
    if st.session_state[EVENT] != event:
        return
    try:
        settle(workspace, number, verdict, st.session_state.get(REASON, ""), By(reviewer(workspace), event))
    except CurationError as error:
        st.toast(plain(str(error)))
        return
    st.session_state[REASON] = ""
    _go(number + 1)


def _undo(workspace: Workspace) -> None:
    try:
        samples = undo(workspace, reviewer(workspace))
    except CurationError as error:
        st.toast(plain(str(error)))
        return
    _go(samples[0])


def _go(number: int) -> None:
    st.session_state[AT] = number
    st.session_state[EVENT] = secrets.token_hex(8)
