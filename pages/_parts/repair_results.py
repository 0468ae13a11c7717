"""What a model made of the samples that it was to repair: each with what changed, to be taken or left."""

import json
import secrets
from collections.abc import Sequence

import streamlit as st

from curation import runs
from curation.errors import CurationError, Overtaken
from curation.stages.practice import NAME as PRACTICE
from curation.stages.refreshing import refresh_later
from curation.stages.repairing import KIND
from curation.stages.revising import By
from curation.stages.taking import take_repairs, taken
from curation.store import Workspace
from curation.store.decisions import undo
from curation.store.repairs import Repair, read_repairs, repair_runs
from curation.store.samples import read_samples
from pages._parts.cells import less_empty, visible_rows
from pages._parts.plain import plain, visible
from pages._parts.practice_mark import practice_mark
from pages._parts.repair_card import show_difference
from pages._parts.review_change import AGAIN
from pages._parts.titles import count_of
from pages._parts.workspace import reviewer

REPAIRS = "Repairs"
RUN = "review.repairs.run"
PRESS = "review.repairs.press"
SAID = "review.repairs.said"
MOST_SHOWN = 5


def has_repairs(workspace: Workspace) -> bool:
    """Whether anything was repaired, or is being repaired."""
    return bool(repair_runs(workspace, 1) or runs.running(workspace, KIND))


def show_repairs(workspace: Workspace) -> None:
    """One run: its samples in a table, those ticked with their differences, and buttons to take them."""
    found = {run: json.loads(options) | {"made": made} for run, options, made in repair_runs(workspace)}
    if not found:
        st.caption("The model is at work; what comes back stands here.")
        return
    # Named after the latest run, so that another one is shown as soon as it has made something.
    run = st.selectbox(
        "What was asked for", list(found), key=f"{RUN}.{next(iter(found))}",
        format_func=lambda run: visible(_title(found[run])),
    )  # fmt: skip
    if found[run]["endpoint"] == PRACTICE:
        practice_mark()
    _said(workspace)
    # Looked up before anything is drawn: who decides later than this was not seen by the reader (F18).
    seen = workspace.last_decision()
    made = read_repairs(workspace, run)
    done = taken(workspace, made)
    space = st.container()
    ticked = [made[row] for row in _table(run, made, done)]
    with space:
        _buttons(
            workspace,
            (run, seen),
            [one for one in ticked or made if not one.problem and one.sample not in done],
            ticked,
        )
    for one in ticked[:MOST_SHOWN]:
        with st.container(border=True):
            st.caption(f"No. {one.sample:,}")
            if one.problem:
                st.text(visible(one.problem))
            else:
                show_difference(read_samples(workspace, [one.sample])[0], one)
    if len(ticked) > MOST_SHOWN:
        st.caption(f"The first {MOST_SHOWN} of {len(ticked):,} ticked rows are shown.")


def _title(said: dict[str, object]) -> str:
    comment = " ".join(str(said["comment"]).split())
    return f"{comment[:80]} ({count_of(int(str(said['made'])), 'sample', 'samples')}, {said['endpoint']})"


def _table(run: str, made: Sequence[Repair], done: set[int]) -> list[int]:
    rows = [
        {"no.": one.sample, "state": "taken" if one.sample in done else one.problem,
         "what changed": " ".join(one.changes), "instruction": one.instruction, "answer": one.output}
        for one in made
    ]  # fmt: skip
    st.caption("Tick rows to see what changed in them.")
    found = st.dataframe(
        visible_rows(less_empty(rows)), key=f"review.repairs.table.{run}", hide_index=True, width="stretch",
        height=38 + 35 * min(len(rows), 10), on_select="rerun", selection_mode="multi-row",
    )  # fmt: skip
    return list(found["selection"]["rows"])


def _buttons(
    workspace: Workspace, shown: tuple[str, int], open_ones: Sequence[Repair], ticked: Sequence[Repair]
) -> None:
    which = "the ticked" if ticked else "all"
    press = st.session_state.setdefault(PRESS, secrets.token_hex(8))
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            f"Take {which} {len(open_ones):,}", key="review.repairs.take", type="primary", icon=":material/check:",
            disabled=not open_ones, on_click=_take, args=(workspace, shown, [one.sample for one in open_ones], press),
            help="The repaired samples are accepted and the old ones rejected, in one step that undo takes back.",
        )  # fmt: skip
        if not open_ones:
            st.caption("There is nothing left to take here.")


def _take(workspace: Workspace, shown: tuple[str, int], numbers: list[int], press: str) -> None:
    run, seen = shown
    try:
        take_repairs(workspace, run, numbers, By(reviewer(workspace), press, seen))
    except Overtaken as error:
        st.session_state[SAID] = ("", f"{error} {AGAIN}")
        return
    except CurationError as error:
        st.session_state[SAID] = ("", str(error))
        return
    refresh_later(workspace)
    st.session_state[PRESS] = secrets.token_hex(8)
    st.session_state[SAID] = (press, f"{count_of(len(numbers), 'repair', 'repairs')} taken.")


def _said(workspace: Workspace) -> None:
    """What came of the last press, with the way back."""
    step, words = st.session_state.get(SAID, ("", ""))
    if not words:
        return
    line, back = st.columns([5, 1], vertical_alignment="center")
    (line.success if step else line.error)(plain(words))
    if step:
        back.button("Undo", key="review.repairs.undo", icon=":material/undo:", on_click=_undo, args=(workspace, step))


def _undo(workspace: Workspace, step: str) -> None:
    st.session_state.pop(SAID, None)
    try:
        undo(workspace, reviewer(workspace), step)
    except CurationError as error:
        st.session_state[SAID] = ("", str(error))
