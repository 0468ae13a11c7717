"""Changing the sample on screen: a pair is flipped with a key, any text is edited in place; undo takes it back."""

from collections.abc import Callable

import streamlit as st

from curation.errors import CurationError, Overtaken
from curation.sample import Sample
from curation.stages.refreshing import refresh_later
from curation.stages.revising import By, edit, flip
from curation.store import Workspace
from pages._parts.plain import plain
from pages._parts.review_walk import Walk, current, leave_address

EDITING = "review.editing"
AGAIN = "Nothing was changed. Press again to put yours in its place."
"""What to do where somebody was faster."""
FIELDS = {"instruction": "Instruction", "input": "Input", "output": "Answer", "rejected": "Rejected"}


def is_editing() -> bool:
    """Whether the card on screen is being edited."""
    return st.session_state.get(EDITING) == current().event


def show_changes(workspace: Workspace, number: int, sample: Sample, seen: int) -> None:
    """The buttons that change this sample; `seen` is the last event that the reader knows of."""
    event = current().event
    with st.container(horizontal=True, gap="small", width="content"):
        if sample.output and sample.rejected:
            st.button(
                "Flip", key=f"review.flip.{event}", shortcut="P", icon=":material/swap_horiz:", on_click=_flip,
                args=(workspace, event, number, seen),
                help="The rejected answer is the better one: a new pair, accepted; this one is rejected.",
            )  # fmt: skip
        st.button(
            "Edit", key=f"review.edit.{event}", shortcut="E", icon=":material/edit:", on_click=_edit, args=(event,),
            help="A new sample with your text, accepted; this one is rejected. Undo takes it back.",
        )  # fmt: skip


def show_editor(workspace: Workspace, number: int, sample: Sample, seen: int) -> None:
    """The texts of this sample, to be changed."""
    event = current().event
    with st.form(f"review.form.{event}"):
        for name, title in FIELDS.items():
            text = getattr(sample, name)
            if text or name in ("instruction", "output"):
                words = "Chosen" if name == "output" and sample.rejected else title
                st.text_area(words, text, key=f"review.form.{event}.{name}", height=_height(text))
        with st.container(horizontal=True):
            st.form_submit_button(
                "Save", key=f"review.save.{event}", type="primary", icon=":material/check:", on_click=_save,
                args=(workspace, event, (number, seen), sample),
            )  # fmt: skip
            st.form_submit_button("Cancel", key=f"review.cancel.{event}", on_click=_leave)


def _flip(workspace: Workspace, event: str, number: int, seen: int) -> None:
    _change(workspace, event, seen, lambda by: flip(workspace, number, by))


def _edit(event: str) -> None:
    st.session_state[EDITING] = event


def _leave() -> None:
    st.session_state.pop(EDITING, None)


def _save(workspace: Workspace, event: str, shown: tuple[int, int], sample: Sample) -> None:
    number, seen = shown
    typed = (str(st.session_state.get(f"review.form.{event}.{name}", getattr(sample, name))) for name in FIELDS)
    instruction, given, output, rejected = typed
    text = Sample(instruction, given, output, rejected=rejected)
    if _change(workspace, event, seen, lambda by: edit(workspace, number, text, by)):
        _leave()


def _change(workspace: Workspace, event: str, seen: int, act: Callable[[By], int]) -> bool:
    """Carry out a change of the card that the press belongs to, and go on; a refusal is shown.

    Where somebody was faster the card stays, with what was typed, and the next press has seen it.
    """
    at: Walk = current()
    if at.event != event:
        return False
    try:
        act(By(at.wanted.reviewer, event, seen))
    except Overtaken as error:
        st.toast(plain(f"{error} {AGAIN}"))
        return False
    except CurationError as error:
        st.toast(plain(str(error)))
        return False
    refresh_later(workspace)
    at.forward(workspace)
    leave_address()
    return True


def _height(text: str) -> int:
    return min(400, 68 + 24 * (text.count("\n") + len(text) // 80))
