"""One sample to decide on, with its keys. A press redraws this card and nothing else."""

from collections.abc import Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from curation.errors import CurationError, Overtaken
from curation.sample import Action, Decision
from curation.stages.rounds import said_to
from curation.store import Workspace
from curation.store.browse import count_reviewed
from curation.store.decisions import Said, add_decisions, undo
from curation.store.samples import read_samples
from pages._parts.generate_request import show_asked
from pages._parts.plain import plain, visible
from pages._parts.practice_mark import mark_practice
from pages._parts.review_order import renew_share, show_end, show_why
from pages._parts.review_overtaken import ask, lose, lost
from pages._parts.review_progress import show_progress_line
from pages._parts.review_sample import show_beside, show_sample, show_tools
from pages._parts.review_walk import current, leave_address
from pages._parts.titles import count_of

REASON = "review.reason"
TURN = "review.turn"
ACTS: tuple[tuple[Action, str, str, str], ...] = (
    ("accept", "Accept", "A", ":material/check:"),
    ("reject", "Reject", "X", ":material/close:"),
    ("skip", "Skip", "S", ":material/redo:"),
)
SAID = {"accept": "accepted", "reject": "rejected"}


@st.fragment
def show_card(workspace: Workspace, with_facts: bool) -> None:
    """Progress, buttons, and the sample of the walk; at the end of the queue, what to do next.

    Drawn in the order of haste, and the text before the keys: a key never decides on a sample that is not in sight yet
    (I2). What is slower to find comes last, so that the next press need not wait for it.
    """
    number = current().shown
    progress, keys = st.empty(), st.container()
    left, right = st.columns([3, 2], gap="large") if with_facts and number is not None else (st.container(), None)
    said: Sequence[Said] = ()
    if number is None:
        with keys:
            _buttons(workspace, number, 0)
        _the_end(workspace)
    else:
        said = _text_then_keys(workspace, number, left, keys)
    with progress:
        show_progress_line(workspace)
    if right and number is not None:
        with right:
            show_beside(workspace, number, said)
        show_asked(workspace, number)
    if renew_share(workspace):
        with progress:
            show_progress_line(workspace)


def _text_then_keys(workspace: Workspace, number: int, left: DeltaGenerator, keys: DeltaGenerator) -> list[Said]:
    """Draws the sample and its keys; gives what was said of it, as far as the reader may see it."""
    # Looked up before anything is drawn: who decides later than this was not seen by the reader (F18).
    seen = workspace.last_decision()
    said = said_to(workspace, number, current().wanted.reviewer)
    (sample,) = read_samples(workspace, [number])
    with left:
        st.text(_standing(number, said))
        show_why(workspace, number)
        mark_practice(workspace, number)
        show_sample(workspace, number, sample, seen)
    with keys:
        asked = lost()
        if asked:
            ask(workspace, asked)
        _buttons(workspace, number, seen, resting=asked is not None)
        show_tools(workspace, number, sample, seen)
    return said


def _buttons(workspace: Workspace, number: int | None, seen: int, *, resting: bool = False) -> None:
    event = current().event
    # A row that gives each key the room of its words, and wraps where there is none.
    # The keys of the widgets name the card, so that a late press cannot land on the next one.
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        for action, title, key, icon in ACTS:
            st.button(
                title, key=f"review.{action}.{event}", shortcut=key, icon=icon, disabled=number is None or resting,
                type="primary" if action == "accept" else "secondary",
                on_click=_decide, args=(workspace, event, (number, seen), action),
            )  # fmt: skip
        st.button(
            "Undo", key=f"review.undo.{event}", shortcut="U", icon=":material/undo:", on_click=_undo,
            args=(workspace, event),
        )  # fmt: skip
        st.button(
            "Back", key=f"review.back.{event}", shortcut="K", icon=":material/arrow_back:",
            disabled=current().at == 0, on_click=_back, args=(event,),
        )  # fmt: skip
        st.button(
            "Next", key=f"review.next.{event}", shortcut="J", icon=":material/arrow_forward:",
            disabled=number is None, on_click=_forward, args=(workspace, event),
        )  # fmt: skip
        _reason()


def _reason() -> None:
    """A field that lets go of the keyboard once its text is entered: it is drawn anew under another key."""
    turn = st.session_state.setdefault(TURN, 0)
    key = f"{REASON}.{turn}"
    st.session_state[key] = st.session_state.setdefault(REASON, "")

    def enter() -> None:
        st.session_state[REASON] = st.session_state[key]
        st.session_state[TURN] = turn + 1

    st.text_input(
        "Reason",
        key=key,
        on_change=enter,
        placeholder="reason, then Enter",
        label_visibility="collapsed",
    )


def _decide(workspace: Workspace, event: str, shown: tuple[int, int], action: Action) -> None:
    """`shown` is the sample, with the last event of the workspace when its card was drawn."""
    at, (number, seen) = current(), shown
    if at.event != event:
        return
    decision = Decision(action, at.wanted.reviewer, st.session_state.get(REASON, "").strip(), event)
    try:
        add_decisions(workspace, [number], decision, seen=None if action == "skip" else seen)
    except Overtaken as error:
        lose(number, decision, error)
        return
    except CurationError as error:
        st.toast(plain(str(error)))
        return
    finally:
        st.session_state[REASON] = ""
    at.forward(workspace)
    leave_address()


def _undo(workspace: Workspace, event: str) -> None:
    at = current()
    if at.event != event:
        return
    try:
        samples = undo(workspace, at.wanted.reviewer)
    except CurationError as error:
        st.toast(plain(str(error)))
        return
    at.show(samples[0])
    leave_address()
    if len(samples) > 1:
        st.toast(f"Undone for {len(samples):,} samples; this is the first of them.")


def _forward(workspace: Workspace, event: str) -> None:
    if current().event == event:
        current().forward(workspace)
        leave_address()


def _back(event: str) -> None:
    if current().event == event:
        current().back()
        leave_address()


def _standing(number: int, said: Sequence[Said]) -> str:
    verdicts = [one for one in said if one.action in SAID and not one.is_undone]
    if not verdicts:
        return f"No. {number:,} · still open"
    last = verdicts[-1]
    because = f" ({visible(last.value)})" if last.value else ""
    return f"No. {number:,} · {SAID[last.action]} by {visible(last.reviewer)}, {last.made:%Y-%m-%d %H:%M} UTC{because}"


def _the_end(workspace: Workspace) -> None:
    if show_end():
        return
    wanted = current().wanted
    _, left = count_reviewed(workspace, wanted.facets, wanted.reviewer)
    if left:
        st.info(
            f"This is the end of the queue. {count_of(left, 'sample', 'samples')} that you passed over, still open."
        )
        st.button("Go back to them", key="review.again", on_click=current().restart, args=(workspace,))
        return
    st.success("Every sample of this queue has been decided on or skipped.", icon=":material/check:")
    st.page_link("pages/export.py", label="Export what is in", icon=":material/download:")
