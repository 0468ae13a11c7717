"""What is lassoed on the map: how many, which ones, and what to do with them."""

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from curation.facets import Facets
from curation.store import Workspace
from curation.store.charts import lines_of
from pages._parts.charts import stamp
from pages._parts.map_chart import SELECTED
from pages._parts.table import ROWS, acts, show_lines

LASSOED, MATCHING = "lasso", "all"


def selected(shown: NDArray[np.int32]) -> NDArray[np.int32]:
    """Numbers of the lassoed samples that the filters show, ascending; the others are not counted (I7)."""
    return np.intersect1d(np.asarray(st.session_state.get(SELECTED, []), np.int32), shown)


def show_selection(workspace: Workspace, facets: Facets, shown: NDArray[np.int32]) -> None:
    """The lassoed samples, or all that match, as a table with the acts that apply to them."""
    lassoed = selected(shown)
    choice = MATCHING
    if len(lassoed):
        words, clear = st.columns([5, 1], vertical_alignment="center")
        words.subheader(f"{len(lassoed):,} selected")
        clear.button("Clear selection", key="map.clear", on_click=_clear, width="stretch")
        names = {LASSOED: f"Selected ({len(lassoed):,})", MATCHING: f"All that match ({len(shown):,})"}
        choice = (
            st.segmented_control(
                "Samples", list(names), default=LASSOED, format_func=names.__getitem__, key="map.scope", required=True
            )
            or LASSOED
        )
    else:
        st.subheader(f"All {len(shown):,} that match")
        st.caption("Draw a lasso around points to see and decide on those alone.")
    _table(workspace, lassoed if choice == LASSOED else shown, choice, stamp(facets, choice, len(lassoed)))


def _table(workspace: Workspace, numbers: NDArray[np.int32], choice: str, name: str) -> None:
    pages = max(1, -(-len(numbers) // ROWS))
    at = int(st.pagination(pages, key=f"map.page.{name}")) if pages > 1 else 1
    place = st.container()
    lines = lines_of(workspace, numbers[(at - 1) * ROWS : at * ROWS])
    ticked = show_lines(lines, f"map.rows.{name}.{at}")
    about = {LASSOED: "selected on the map", MATCHING: "all that match the filters, not only this page"}[choice]
    with place:
        acts(workspace, ticked or numbers.tolist(), "map.acts", "ticked in the table" if ticked else about)


def _clear() -> None:
    st.session_state[SELECTED] = []
