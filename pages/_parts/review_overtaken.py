"""Somebody was faster: who decided what, and whether theirs or one's own counts (F18)."""

from dataclasses import dataclass

import streamlit as st

from curation.errors import CurationError, Overtaken
from curation.sample import Decision
from curation.store import Workspace
from curation.store.decisions import add_decisions
from pages._parts.plain import plain
from pages._parts.review_walk import current, leave_address

STATE = "review.overtaken"


@dataclass(frozen=True)
class Lost:
    """A press that did not land: the card that asks, the sample, what was pressed, and what had been said before."""

    event: str
    number: int
    mine: Decision
    sentence: str


def lose(number: int, mine: Decision, error: Overtaken) -> None:
    """Keep what was pressed, and ask on a new card."""
    at = current()
    at.stay()
    st.session_state[STATE] = Lost(at.event, number, mine, str(error))


def lost() -> Lost | None:
    """What is asked on the card on screen."""
    found: Lost | None = st.session_state.get(STATE)
    return found if found and found.event == current().event else None


def ask(workspace: Workspace, found: Lost) -> None:
    """The sentence and the two ways on. Until one is chosen the other keys rest: a late press decides nothing."""
    st.warning(plain(found.sentence), icon=":material/group:")
    with st.container(horizontal=True, gap="small"):
        st.button(
            "Keep theirs", key=f"review.theirs.{found.event}", shortcut="T", icon=":material/check:", type="primary",
            on_click=_go_on, args=(workspace, found, False),
        )  # fmt: skip
        st.button(
            f"{found.mine.action.capitalize()} it all the same", key=f"review.mine.{found.event}", shortcut="O",
            icon=":material/gavel:", on_click=_go_on, args=(workspace, found, True),
            help="Yours is the last word then; theirs stays in the history.",
        )  # fmt: skip


def _go_on(workspace: Workspace, found: Lost, mine: bool) -> None:
    at = current()
    if at.event != found.event:
        return
    if mine:
        try:
            add_decisions(workspace, [found.number], found.mine)
        except CurationError as error:
            st.toast(plain(str(error)))
            return
    at.forward(workspace)
    leave_address()
