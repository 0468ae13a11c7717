"""The line of progress above a card: how much of the queue is done, how much is left, and how fast it goes."""

from datetime import UTC, datetime
from functools import lru_cache

import streamlit as st

from curation.stages.queueing import Wanted
from curation.store import Workspace
from curation.store.browse import count_reviewed
from curation.store.decisions import pace
from pages._parts.review_order import share_in_words
from pages._parts.review_walk import current


def show_progress_line(workspace: Workspace) -> None:
    """The numbers, as a caption."""
    (done, left), (today, per_hour) = _reviewed(workspace, current().wanted, _midnight(), workspace.changes)
    parts = [f"{done:,} done", f"{left:,} left", f"{today:,} by you today"]
    parts += [f"{per_hour:,.0f} per hour"] if per_hour else []
    st.caption(" · ".join([*parts, share] if (share := share_in_words()) else parts))


# The line is drawn with every press, and many presses write nothing.
@lru_cache(maxsize=8)
def _reviewed(
    workspace: Workspace, wanted: Wanted, midnight: datetime, _changes: int
) -> tuple[tuple[int, int], tuple[int, float]]:
    """(done, left) of the queue, and (samples of today, how many per hour) of the reviewer."""
    counted = count_reviewed(workspace, wanted.facets, wanted.reviewer)
    return counted, pace(workspace, wanted.reviewer, midnight)


def _midnight() -> datetime:
    today = datetime.now().astimezone().replace(hour=0, minute=0, second=0, microsecond=0)
    return today.astimezone(UTC).replace(tzinfo=None)
