"""Runs that were aimed at a region of the map: the outline and the samples of one of them, and how many lie inside."""

import json
from collections.abc import Sequence
from datetime import UTC

import numpy as np
import streamlit as st

from curation.stages.frames import Frame
from curation.stages.regions import Landed, landed
from curation.stages.synthesis import KIND
from curation.store import Workspace
from curation.store.maps import Map
from curation.store.origins import first_made_by
from curation.store.runs import Run, recent_runs
from pages._parts.map_acts import FOUND
from pages._parts.plain import plain, visible
from pages._parts.titles import method_title

AIMED = "map.aimed"
"""The run whose region is shown."""
LISTED = 200

Outlines = tuple[tuple[tuple[float, float], ...], ...]


def aimed_here(workspace: Workspace, shown: Map) -> list[Run]:
    """The runs that were aimed at a region of this map, the latest first."""
    found = [run for run in recent_runs(workspace, LISTED) if run.kind == KIND]
    return [run for run in found if (json.loads(run.options).get("region") or {}).get("map") == shown.id]


def choose_aimed(workspace: Workspace, found: Sequence[Run]) -> Landed | None:
    """A list of the runs to choose one from; gives what became of it."""
    names = {run.id: run for run in found}
    if st.session_state.get(AIMED) not in names:
        st.session_state[AIMED] = None
    which, words, mark = st.columns([3, 4, 1.6], vertical_alignment="center")
    chosen = which.selectbox(
        "Run aimed at a region", list(names), index=None, key=AIMED, placeholder="A run aimed at a region",
        format_func=lambda run: _title(names[run]), on_change=forget, label_visibility="collapsed",
    )  # fmt: skip
    if chosen is None:
        return None
    result = landed(workspace, chosen)
    if result:
        words.caption(plain(result.sentence()))
        mark.button("Mark its samples", key="map.aimed.mark", on_click=_mark, args=(workspace, chosen), width="stretch")
    return result


def outlines_of(found: Landed | None, frame: Frame) -> Outlines:
    """The lines of a region in steps of the map."""
    if found is None:
        return ()
    return tuple(
        tuple((float(x), float(y)) for x, y in frame.steps(np.array(corners))) for _, corners in found.region.parts
    )


def forget() -> None:
    """Nothing is marked any more."""
    st.session_state[FOUND] = []


def _mark(workspace: Workspace, run: str) -> None:
    st.session_state[FOUND] = first_made_by(workspace, run)


def _title(run: Run) -> str:
    started = run.started.replace(tzinfo=UTC).astimezone()
    return visible(f"{method_title(run.method)} · {started:%Y-%m-%d %H:%M}")
