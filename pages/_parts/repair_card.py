"""A model rewrites the sample on screen as a person says; the person sees what changed and takes it or not."""

import streamlit as st

from curation.errors import CurationError, Overtaken
from curation.model import Estimate
from curation.sample import Sample
from curation.stages.asking import endpoint_names
from curation.stages.practice import NAME as PRACTICE
from curation.stages.refreshing import refresh_later
from curation.stages.repairing import Repairing, expect_repair, repair_now
from curation.stages.revising import By
from curation.stages.taking import repaired, take_repairs
from curation.store import Workspace
from curation.store.repairs import Repair, read_repairs
from pages._parts.card import show_text
from pages._parts.generate_cost import spent
from pages._parts.plain import plain, visible
from pages._parts.practice_mark import practice_mark
from pages._parts.repair_similar import show_similar
from pages._parts.review_change import AGAIN
from pages._parts.review_walk import current, leave_address
from pages._parts.word_diff import show_diff

REPAIRING = "review.repairing"
COMMENT = "review.repair.comment"
MODEL = "review.repair.model"
MADE = "review.repair.made"
PARTS = {"instruction": "Instruction", "input": "Input", "output": "Answer"}


def is_repairing() -> bool:
    """Whether the card on screen is being repaired with a model."""
    return st.session_state.get(REPAIRING) == current().event


def show_repair_button() -> None:
    """The button that opens the repair."""
    event = current().event
    st.button(
        "Repair", key=f"review.repair.{event}", shortcut="M", icon=":material/auto_fix_high:", on_click=_open,
        args=(event,), help="A model changes the sample as you say. You see what it did, and take it or leave it.",
    )  # fmt: skip


def show_repair(workspace: Workspace, number: int, sample: Sample, seen: int) -> None:
    """The comment, the model with the cost, and what came of it; `seen` is the last event that the reader knows of."""
    made = _made(workspace, number)
    if made is None or made.problem:
        show_text(sample)
    else:
        show_difference(sample, made)
    with st.container(border=True):
        if made and made.problem:
            st.warning(plain(f"Nothing to take: {made.problem}."), icon=":material/info:")
        order = _choose(workspace, number)
        _buttons(workspace, (number, seen), made, order)
    if order and order.comment.strip():
        show_similar(workspace, number, order)


def show_difference(old: Sample, made: Repair) -> None:
    """Both texts of every part that changed, with the words marked, and what the model says it changed."""
    if made.model:
        st.caption(f"Before on the left; on the right by {plain(made.model)}")
    new = repaired(made, old)
    for name, title in PARTS.items():
        before, after = getattr(old, name), getattr(new, name)
        if before != after:
            st.caption(title)
            show_diff(before, after)
    if made.changes:
        st.caption("The model says what it changed:")
        st.text(visible("\n".join(f"• {change}" for change in made.changes)))


def _choose(workspace: Workspace, number: int) -> Repairing | None:
    """What is to be changed and by whom, with the cost; None where nobody can be asked."""
    comment = st.text_area(
        "What is to be changed?", key=COMMENT, height=80, persist_state="session",
        placeholder="for example: Give the units. Leave out the greeting.",
    )  # fmt: skip
    try:
        name = st.selectbox("Model", endpoint_names(workspace), format_func=_called, key=MODEL, persist_state="session")
        order = Repairing(comment or "", name, (number,))
        if name == PRACTICE:
            practice_mark()
        st.text(_cost(expect_repair(workspace, order)))
    except CurationError as error:
        st.error(plain(str(error)), icon=":material/error:")
        return None
    return order


def _cost(expected: Estimate) -> str:
    price = "free" if expected.cost == 0 else spent(expected.cost)
    return f"One question: about {expected.prompt_tokens + expected.completion_tokens:,.0f} tokens, {price}."


def _called(name: str) -> str:
    return "Practice model, built in" if name == PRACTICE else visible(name)


def _buttons(workspace: Workspace, shown: tuple[int, int], made: Repair | None, order: Repairing | None) -> None:
    event = current().event
    good = made is not None and not made.problem
    with st.container(horizontal=True, gap="small"):
        if good:
            st.button(
                "Take it", key=f"review.repair.take.{event}", type="primary", icon=":material/check:",
                on_click=_take, args=(workspace, event, shown),
                help="The repaired sample is accepted and this one rejected. Undo takes it back.",
            )  # fmt: skip
        if order:
            st.button(
                "Ask again" if made else "Ask", key=f"review.repair.ask.{event}", icon=":material/send:",
                type="secondary" if good else "primary", on_click=_ask, args=(workspace, event, order),
            )  # fmt: skip
        st.button("Leave it", key=f"review.repair.leave.{event}", on_click=_leave)


def _open(event: str) -> None:
    st.session_state[REPAIRING] = event
    st.session_state.pop(MADE, None)


def _leave() -> None:
    st.session_state.pop(REPAIRING, None)


def _made(workspace: Workspace, number: int) -> Repair | None:
    """What came back for the card on screen."""
    event, run = st.session_state.get(MADE, ("", ""))
    if event != current().event:
        return None
    return next((one for one in read_repairs(workspace, run) if one.sample == number), None)


def _ask(workspace: Workspace, event: str, order: Repairing) -> None:
    if current().event != event:
        return
    try:
        with st.spinner(f"Asking {plain(order.endpoint)} …", show_time=True):
            st.session_state[MADE] = (event, repair_now(workspace, order))
    except CurationError as error:
        st.toast(plain(str(error)))


def _take(workspace: Workspace, event: str, shown: tuple[int, int]) -> None:
    at, (number, seen) = current(), shown
    if at.event != event:
        return
    run = st.session_state[MADE][1]
    try:
        take_repairs(workspace, run, [number], By(at.wanted.reviewer, event, seen))
    except Overtaken as error:
        st.toast(plain(f"{error} {AGAIN}"))
        return
    except CurationError as error:
        st.toast(plain(str(error)))
        return
    refresh_later(workspace)
    at.forward(workspace)
    leave_address()
