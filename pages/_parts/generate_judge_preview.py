"""The first few samples that a judge scores, with its reasons."""

import streamlit as st

from curation.errors import CurationError
from curation.sample import Score
from curation.stages.judging import preview_judging
from curation.stages.judging_order import Judging
from curation.store import Workspace
from curation.store.samples import read_samples
from pages._parts.card import show_text
from pages._parts.cells import less_empty, visible_rows
from pages._parts.plain import plain

SEEN = "generate.judge.seen"


def look(workspace: Workspace, order: Judging | None) -> None:
    """Judge a first few; what is asked is paid for, and a run then gets these answers free."""
    if order is None:
        return
    st.session_state.pop(SEEN, None)
    try:
        with st.spinner("Asking …", show_time=True):
            st.session_state[SEEN] = (order, preview_judging(workspace, order))
    except CurationError as error:
        st.error(plain(str(error)), icon=":material/error:")


def show_seen(workspace: Workspace, order: Judging) -> None:
    """What the preview of this very order gave; of another one nothing is shown."""
    seen = st.session_state.get(SEEN)
    if not seen or seen[0] != order:
        return
    scores: list[tuple[int, Score]] = seen[1]
    st.subheader("Preview")
    if not scores:
        st.info("None of these samples can be judged in this way: what the judge looks at is missing in all of them.")
        return
    st.caption("Nothing of it is stored but the answers, so that a run does not pay for them again.")
    numbers = list(dict.fromkeys(number for number, _ in scores))
    for column, number in zip(st.columns(len(numbers)), numbers, strict=True):
        with column:
            st.dataframe(
                visible_rows(score_rows([one for at, one in scores if at == number], len(order.endpoints) > 1)),
                hide_index=True, width="stretch", key=f"generate.judge.seen.{number}",
            )  # fmt: skip
            show_text(read_samples(workspace, [number])[0])


def score_rows(scores: list[Score], jury: bool = True) -> list[dict[str, object]]:
    """Scores as rows of a table, the reason beside each value."""
    rows: list[dict[str, object]] = [
        {
            "criterion": one.criterion,
            "score": one.problem or f"{one.value:g}",
            "reason": one.reason,
            "shown first": one.order,
            "model": one.model if jury else "",
        }
        for one in scores
    ]
    return visible_rows(less_empty(rows))
