"""What a run dropped: by rule and round, page by page, each with its reason, what is nearest, and what was asked."""

import streamlit as st

from curation.store import Workspace
from curation.store.asked import read_request
from curation.store.candidates import Dropped, Drops, read_dropped, read_rounds
from curation.store.runs import Run
from pages._parts.card import show_text
from pages._parts.cells import SIMILARITY, less_empty, visible_rows
from pages._parts.generate_request import show_request
from pages._parts.generate_rounds import forget_round, picked_round
from pages._parts.plain import plain, visible
from pages._parts.titles import count_of

ROWS = 50
ALL = ""


def show_dropped(workspace: Workspace, run: Run) -> None:
    """The dropped candidates of a run; a click on one shows the whole of it."""
    key = f"generate.dropped.{run.id}"
    picked = picked_round(run.id)
    counts = _counts(workspace, run.id, picked)
    total = sum(counts.values())
    if not total and not picked:
        st.caption("Nothing was dropped so far.")
        return
    st.subheader("Dropped, and why")
    if picked:
        st.button(f"✕ Round {picked}", key=f"{key}.round", on_click=forget_round, args=(run.id,))
    rule = st.pills(
        "Rule", [ALL, *counts], default=ALL, required=True, key=f"{key}.rule", label_visibility="collapsed",
        format_func=lambda one: visible(f"{one} ({counts[one]:,})") if one else f"all rules ({total:,})",
    )  # fmt: skip
    chosen = rule if rule in counts else ALL
    found = _page(workspace, Drops(run.id, chosen, picked), counts.get(chosen, total), key)
    row = _table(found, f"{key}.rows")
    if row is None:
        st.caption("Tick a row to see the whole of it and what was asked.")
    else:
        show_whole(workspace, row)


def show_whole(workspace: Workspace, one: Dropped) -> None:
    """One dropped candidate: why, its text, what is nearest, and the request behind it."""
    left, right = st.columns([3, 2], gap="large")
    with left:
        st.warning(plain(f"{one.rule}: {one.reason}" if one.reason else one.rule), icon=":material/filter_alt:")
        show_text(one.sample)
    if one.nearest:
        rows = [{"similarity": near.similarity, "instruction": near.text} for near in one.nearest]
        right.caption("Nearest earlier instructions")
        right.dataframe(
            visible_rows(rows), hide_index=True, width="stretch", column_config={"similarity": SIMILARITY}
        )  # fmt: skip
    request = read_request(workspace, one.request) if one.request else None
    if request:
        show_request(request)


def _counts(workspace: Workspace, run: str, picked: int) -> dict[str, int]:
    """How many each rule dropped, most first: of one round, or of all where none is picked."""
    counts: dict[str, int] = {}
    for one in read_rounds(workspace, run):
        if picked in (0, one.number):
            counts = {rule: counts.get(rule, 0) + one.dropped.get(rule, 0) for rule in {**counts, **one.dropped}}
    return dict(sorted(counts.items(), key=lambda item: -item[1]))


def _page(workspace: Workspace, which: Drops, total: int, key: str) -> list[Dropped]:
    """One page; the state holds where each page up to this one begins."""
    starts: list[int] = st.session_state.setdefault(f"{key}.starts.{which.rule}.{which.round}", [0])
    found = read_dropped(workspace, which, starts[-1], ROWS)
    if total > ROWS:
        before, words, after = st.columns([1, 3, 1], vertical_alignment="center")
        before.button("Earlier", key=f"{key}.before", disabled=len(starts) == 1, on_click=_back, args=(starts,))
        first = (len(starts) - 1) * ROWS + 1
        words.caption(f"{first:,} to {first + len(found) - 1:,} of {count_of(total, 'candidate', 'candidates')}")
        after.button(
            "Later", key=f"{key}.after", disabled=len(found) < ROWS, on_click=_on, args=(starts, found),
        )  # fmt: skip
    return found


def _back(starts: list[int]) -> None:
    starts.pop()


def _on(starts: list[int], found: list[Dropped]) -> None:
    starts.append(found[-1].position + 1)


def _table(found: list[Dropped], key: str) -> Dropped | None:
    rows = [
        {
            "round": one.round,
            "rule": one.rule,
            "reason": one.reason,
            "instruction": one.sample.instruction,
            "nearest instruction": one.nearest[0].text if one.nearest else "",
            "similarity": one.nearest[0].similarity if one.nearest else None,
        }
        for one in found
    ]
    event = st.dataframe(
        visible_rows(less_empty(rows)), hide_index=True, width="stretch", key=key, on_select="rerun",
        selection_mode="single-row", column_config={
            "similarity": SIMILARITY,
            "reason": st.column_config.TextColumn(width=320),
            "instruction": st.column_config.TextColumn(width=260),
            "nearest instruction": st.column_config.TextColumn(width=260),
        },
    )  # fmt: skip
    picked = event["selection"]["rows"]
    return found[picked[0]] if picked and picked[0] < len(found) else None
