"""What changed between a sample and the one that it was made from, word by word."""

import streamlit as st

from curation.stages.changes import Change, read_change
from curation.store import Workspace
from pages._parts.masking import show_masked
from pages._parts.plain import visible
from pages._parts.review_pair import ALIKE
from pages._parts.word_diff import share_alike, show_diff

STATED = "The model says what it changed:"


def show_change(workspace: Workspace, number: int) -> None:
    """A switch that shows what changed; nothing for a sample that was not made from exactly one other."""
    found = read_change(workspace, number)
    if found is None:
        return
    shown = st.toggle(
        "What changed", key="review.changed", persist_state="session",
        help="Both texts side by side, with the words marked that the other one lacks.",
    )  # fmt: skip
    if shown:
        _show(found)


def _show(found: Change) -> None:
    other = share_alike(found.before, found.after) < ALIKE
    apart = " · so little is the same that nothing is marked" if other else ""
    st.caption(f"The {found.what} of No. {found.parent:,} on the left, of this sample on the right{apart}")
    if other:
        for column, text in zip(st.columns(2), (found.before, found.after), strict=True):
            with column.container(border=True):
                show_masked(text)
    else:
        show_diff(found.before, found.after)
    if found.stated:
        st.caption(STATED)
        st.text(visible("\n".join(f"• {change}" for change in found.stated)))
