"""A flag and a rating from 1 to 5 on the sample on screen, each with its key. Neither goes on to the next one."""

import streamlit as st

from curation.errors import CurationError
from curation.sample import RATINGS, Action, Decision
from curation.store import Workspace
from curation.store.decisions import add_decisions
from curation.store.standing import marks_of
from pages._parts.plain import plain
from pages._parts.review_walk import current


def show_marks(workspace: Workspace, number: int) -> None:
    """The flag and the five ratings; what is set is filled."""
    at = current()
    marks = marks_of(workspace, number, at.wanted.reviewer)
    flag: Action = "unflag" if marks.is_flagged else "flag"
    with st.container(horizontal=True, gap="small", vertical_alignment="center", width="content"):
        st.button(
            "Flagged" if marks.is_flagged else "Flag", key=f"review.flag.{at.event}", shortcut="F",
            icon=":material/flag:", type="primary" if marks.is_flagged else "secondary",
            on_click=_mark, args=(workspace, at.event, number, flag),
            help="To find it again under “Flag” in the sidebar. A second press takes the flag off.",
        )  # fmt: skip
        with st.container(horizontal=True, gap="xxsmall", width="content"):
            for rating in RATINGS:
                st.button(
                    "★", key=f"review.rate.{rating}.{at.event}", shortcut=rating,
                    type="primary" if int(rating) <= marks.rating else "secondary",
                    on_click=_mark, args=(workspace, at.event, number, "rate", rating),
                    help=f"Rate it {rating} of {len(RATINGS)}",
                )  # fmt: skip


def _mark(workspace: Workspace, event: str, number: int, action: Action, value: str = "") -> None:
    at = current()
    if at.event == event:
        try:
            add_decisions(workspace, [number], Decision(action, at.wanted.reviewer, value, event))
        except CurationError as error:
            st.toast(plain(str(error)))
        at.stay()
