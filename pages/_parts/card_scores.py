"""What judges said of one sample, with their reasons."""

import streamlit as st

from curation.stages.verdicts import read_current
from curation.store import Workspace
from curation.store.scores import scores_of
from pages._parts.cells import less_empty, visible_rows


def show_scores(workspace: Workspace, number: int) -> None:
    """One row per judge, criterion and model; those of a version that does not count any more are marked as stale."""
    said = scores_of(workspace, number)
    if not said:
        return
    current = {(judge, one.version) for judge, one in read_current(workspace).items()}
    several = len({one.model for one in said}) > 1
    rows: list[dict[str, object]] = [
        {
            "judge": one.judge,
            "criterion": one.score.criterion,
            "score": one.score.problem or f"{one.score.value:g}",
            "reason": one.score.reason,
            "shown first": one.score.order,
            "model": one.model if several else "",
            "stale": "" if (one.judge, one.version) in current else "stale",
        }
        for one in sorted(said, key=lambda one: (one.judge, one.version) not in current)
    ]
    st.caption("Judged")
    st.dataframe(
        visible_rows(less_empty(rows)), hide_index=True, width="stretch", key=f"card.scores.{number}",
        column_config={"reason": st.column_config.TextColumn(width=360)},
    )  # fmt: skip
