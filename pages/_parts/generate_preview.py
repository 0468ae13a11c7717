"""The first samples that a method with a model makes, and what it drops on the way."""

from collections.abc import Sequence

import streamlit as st

from curation.errors import CurationError
from curation.practice import PRACTICE_MODEL
from curation.sample import Candidate
from curation.stages.practice import NAME as PRACTICE
from curation.stages.synthesis import Order, preview
from curation.store import Workspace
from pages._parts.card import show_text
from pages._parts.cells import SIMILARITY, less_empty, visible_rows
from pages._parts.plain import plain
from pages._parts.practice_mark import practice_mark
from pages._parts.titles import count_of

SEEN = "generate.seen"
WANTED = 3


def look(workspace: Workspace, order: Order | None) -> None:
    """Make a first few samples; what is asked is paid for, and a run then gets these answers free."""
    if order is None:
        return
    st.session_state.pop(SEEN, None)
    try:
        with st.spinner(f"Asking {plain(order.endpoint)} until {WANTED} samples are kept …", show_time=True):
            st.session_state[SEEN] = (order, preview(workspace, order, WANTED))
    except CurationError as error:
        st.error(plain(str(error)), icon=":material/error:")


def show_seen(order: Order) -> None:
    """What the preview of this very order gave; of another one nothing is shown."""
    seen = st.session_state.get(SEEN)
    if not seen or seen[0] != order:
        return
    made: Sequence[Candidate] = seen[1]
    kept = [one for one in made if not one.rule]
    st.subheader(f"Preview: {count_of(len(kept), 'sample', 'samples')} kept of {len(made):,}")
    st.caption("Nothing of it is stored but the answers, so that a run does not pay for them again.")
    if order.endpoint == PRACTICE or any(one.origin.model == PRACTICE_MODEL for one in made):
        practice_mark()
    for column, one in zip(st.columns(max(1, len(kept))), kept, strict=False):
        with column:
            show_text(one.sample)
    _show_dropped([one for one in made if one.rule])


def _show_dropped(dropped: Sequence[Candidate]) -> None:
    if not dropped:
        return
    st.caption("Dropped, and why")
    rows = [
        {
            "rule": one.rule,
            "reason": one.reason,
            "instruction": one.sample.instruction,
            "nearest instruction": one.nearest[0].text if one.nearest else "",
            "similarity": one.nearest[0].similarity if one.nearest else None,
        }
        for one in dropped
    ]
    st.dataframe(
        visible_rows(less_empty(rows)), hide_index=True, width="stretch", column_config={"similarity": SIMILARITY},
        key="generate.seen.dropped",
    )  # fmt: skip
