"""What is selected or found on the map: how many, which ones, and what to do with them."""

from collections.abc import Sequence

import streamlit as st

from curation.facets import Facets
from curation.stages.looking import Numbers
from curation.store import Workspace
from curation.store.charts import lines_of
from curation.store.listing import Line
from curation.store.maps import Map
from curation.store.samples import read_samples
from pages._parts.card import show_text
from pages._parts.charts import stamp
from pages._parts.map_acts import FOUND, SELECTED, among, select
from pages._parts.map_send import offer_ways
from pages._parts.practice_mark import mark_practice
from pages._parts.review_neighbours import show_neighbours
from pages._parts.table import ROWS, acts, show_lines

LASSOED, HIT, MATCHING = "lasso", "found", "all"
ABOUT = {
    LASSOED: "selected on the map",
    HIT: "found on the map",
    MATCHING: "all that match the filters, not only this page",
}
SCOPE = "map.scope"
TABLE, CARDS = "Table", "Cards"
A_PAGE = {TABLE: ROWS, CARDS: 8}


def show_selection(workspace: Workspace, shown: Map, facets: Facets, matching: Numbers) -> None:
    """The selected samples, those that were found, or all that match, with the acts that apply to them."""
    parts = {LASSOED: among(SELECTED, matching), HIT: among(FOUND, matching), MATCHING: matching}
    there = [name for name, numbers in parts.items() if len(numbers) or name == MATCHING]
    if len(there) == 1:
        st.subheader(f"All {len(matching):,} that match")
        st.caption("Draw a lasso or a box around points, or click one, to see and decide on those alone.")
        _samples(workspace, shown, matching, (MATCHING, stamp(facets, MATCHING)))
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
    _samples(workspace, shown, parts[choice], (choice, stamp(facets, choice, parts[choice].tobytes())))


def _samples(workspace: Workspace, shown: Map, numbers: Numbers, named: tuple[str, str]) -> None:
    choice, name = named
    place = st.container()
    left, right = st.columns([1, 3], vertical_alignment="center")
    view = left.segmented_control(
        "View", [TABLE, CARDS], default=TABLE, required=True, key="map.view.of", label_visibility="collapsed"
    )
    rows = A_PAGE[view or TABLE]
    pages = max(1, -(-len(numbers) // rows))
    with right:
        at = int(st.pagination(pages, key=f"map.page.{name}.{view}")) if pages > 1 else 1
    lines = lines_of(workspace, numbers[(at - 1) * rows : at * rows])
    ticked = show_lines(lines, f"map.rows.{name}.{at}") if view == TABLE else _cards(workspace, lines)
    with place:
        about = "ticked in the table" if ticked else ABOUT[choice]
        acts(workspace, ticked or numbers.tolist(), "map.acts", about)
        offer_ways(workspace, shown, (ticked or numbers.tolist(), about), choice == LASSOED and not ticked)
    _one(workspace, ticked or (numbers.tolist() if len(numbers) == 1 else []), len(lines))


def _cards(workspace: Workspace, lines: Sequence[Line]) -> list[int]:
    """Two beside each other; a card is not ticked."""
    samples = read_samples(workspace, [line.number for line in lines])
    for start in range(0, len(lines), 2):
        for column, line, sample in zip(
            st.columns(2), lines[start : start + 2], samples[start : start + 2], strict=False
        ):
            with column.container(border=True):
                st.text(f"No. {line.number:,} · {line.state}")
                mark_practice(workspace, line.number)
                show_text(sample)
    return []


def _one(workspace: Workspace, ticked: Sequence[int], listed: int) -> None:
    """The one sample that is ticked, beside those that are most like it (I13)."""
    if len(ticked) != 1:
        if listed > 1:
            st.caption("Tick one row to see it whole, beside the ten samples that are most like it.")
        return
    st.subheader(f"No. {ticked[0]:,} and what is most like it")
    left, right = st.columns(2, gap="large")
    with left:
        mark_practice(workspace, ticked[0])
        show_text(read_samples(workspace, ticked)[0])
    with right:
        show_neighbours(workspace, ticked[0])


def _clear() -> None:
    select([])
    st.session_state[FOUND] = []
    if "map.find" in st.session_state:
        st.session_state["map.find"] = ""
