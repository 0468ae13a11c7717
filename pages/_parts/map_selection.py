"""What is selected or found on the map: how many, which ones, and what to do with them."""

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from curation.facets import Facets
from curation.store import Workspace
from curation.store.charts import lines_of
from pages._parts.charts import stamp
from pages._parts.map_drawn import FOUND, SELECTED, among
from pages._parts.table import ROWS, acts, show_lines

LASSOED, HIT, MATCHING = "lasso", "found", "all"
ABOUT = {
    LASSOED: "selected on the map",
    HIT: "found on the map",
    MATCHING: "all that match the filters, not only this page",
}
SCOPE = "map.scope"


def show_selection(workspace: Workspace, facets: Facets, shown: NDArray[np.int32]) -> None:
    """The selected samples, those that were found, or all that match, as a table with the acts that apply to them."""
    parts = {LASSOED: among(SELECTED, shown), HIT: among(FOUND, shown), MATCHING: shown}
    there = [name for name, numbers in parts.items() if len(numbers) or name == MATCHING]
    if len(there) == 1:
        st.subheader(f"All {len(shown):,} that match")
        st.caption("Draw a lasso or a box around points, or click one, to see and decide on those alone.")
        _table(workspace, shown, MATCHING, stamp(facets, MATCHING))
        return
    heading = {LASSOED: f"{len(parts[LASSOED]):,} selected", HIT: f"{len(parts[HIT]):,} found"}[there[0]]
    words, clear = st.columns([5, 1], vertical_alignment="center")
    words.subheader(heading)
    clear.button("Clear selection", key="map.clear", on_click=_clear, width="stretch")
    names = {LASSOED: "Selected", HIT: "Found", MATCHING: "All that match"}
    choice = st.segmented_control(
        "Samples", there, default=there[0], key=f"{SCOPE}.{there[0]}", required=True,
        format_func=lambda name: f"{names[name]} ({len(parts[name]):,})",
    )  # fmt: skip
    choice = choice or there[0]
    _table(workspace, parts[choice], choice, stamp(facets, choice, parts[choice].tobytes()))


def _table(workspace: Workspace, numbers: NDArray[np.int32], choice: str, name: str) -> None:
    pages = max(1, -(-len(numbers) // ROWS))
    at = int(st.pagination(pages, key=f"map.page.{name}")) if pages > 1 else 1
    place = st.container()
    lines = lines_of(workspace, numbers[(at - 1) * ROWS : at * ROWS])
    ticked = show_lines(lines, f"map.rows.{name}.{at}")
    with place:
        acts(workspace, ticked or numbers.tolist(), "map.acts", "ticked in the table" if ticked else ABOUT[choice])


def _clear() -> None:
    st.session_state[SELECTED] = st.session_state[FOUND] = []
    if "map.find" in st.session_state:
        st.session_state["map.find"] = ""
