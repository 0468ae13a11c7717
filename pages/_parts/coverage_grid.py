"""A grid of two labels, such as topic and task type, with its empty cells."""

import streamlit as st

from curation.facets import Facets
from curation.stages.gaps import around, narrowed
from curation.store import Workspace
from curation.store.crossed import Crossed, count_crossed
from curation.store.labelled import list_labelled
from pages._parts.cell_squares import ROW, squares
from pages._parts.cells import visible_rows
from pages._parts.charts import Words, clickable, framed
from pages._parts.facet_bar import LABELS, choose
from pages._parts.generate_seeds import seed_with
from pages._parts.plain import plain
from pages._parts.titles import count_of, title_of

MOST = (14, 10)
EMPTY = "diversity.grid.empty"
LISTED = 50


def show_cells(workspace: Workspace, facets: Facets) -> None:
    """The grid: a click on a full cell narrows everything down to it, an empty one can be generated."""
    kinds = [*list_labelled(workspace), "state"]
    left, right = st.columns(2)
    rows = left.selectbox("Rows", kinds, _place(kinds, ("topic", "cluster", "verb")), format_func=_title,
                          key="diversity.grid.rows")  # fmt: skip
    others = [kind for kind in kinds if kind != rows]
    columns = right.selectbox("Columns", others, _place(others, ("task_type", "category", "language")),
                              format_func=_title, key="diversity.grid.columns")  # fmt: skip
    found = count_crossed(workspace, facets, rows, columns, MOST)
    if not found.rows or not found.columns:
        st.info("No sample shown here has labels of both kinds. Measure the samples, draw the map, or let a judge tag.")
        return
    _draw(found, (rows, columns), facets)
    st.caption(
        f"{len(found.empty):,} of {len(found.cells):,} cells are empty. The {len(found.rows)} commonest labels of the "
        f"rows and {len(found.columns)} of the columns are drawn. Click a full cell to narrow everything down to it."
    )
    if found.empty:
        _gaps(workspace, found, (rows, columns), facets)


def _draw(found: Crossed, kinds: tuple[str, str], facets: Facets) -> None:
    rows, columns = ([name for name, _ in side] for side in (found.rows, found.columns))
    figure = framed(squares(found.cells, rows, columns), 100 + ROW * len(rows), _title(kinds[1]), _title(kinds[0]))

    def go_to(place: int) -> None:
        row, column, count = found.cells[place]
        if count:
            choose(narrowed(narrowed(facets, kinds[0], row), kinds[1], column))
        else:
            st.session_state[EMPTY] = (row, column)

    clickable(
        figure, f"diversity.grid.{kinds[0]}.{kinds[1]}", facets, go_to,
        Words(
            f"{_title(kinds[0])} by {_title(kinds[1]).lower()}",
            f"Samples by {_title(kinds[0])} and {_title(kinds[1])}: squares with a number, or open and empty",
        ),
    )  # fmt: skip


def _gaps(workspace: Workspace, found: Crossed, kinds: tuple[str, str], facets: Facets) -> None:
    st.subheader("Empty cells")
    gaps = found.empty[:LISTED]
    st.caption(
        "The most surprising first: expected is how many samples there would be if the two labels had nothing to do "
        "with each other. Some combinations make no sense; tick one that does, or click it in the grid."
    )
    rows = [{_title(kinds[0]): row, _title(kinds[1]): column, "expected": round(n, 1)} for row, column, n in gaps]
    picked = st.dataframe(
        visible_rows(rows), key=f"diversity.grid.gaps.{kinds}", hide_index=True, width="stretch", height=250,
        on_select="rerun", selection_mode="single-row",
    )["selection"]["rows"]  # fmt: skip
    clicked = st.session_state.get(EMPTY)
    cell = gaps[picked[0]][:2] if picked and picked[0] < len(gaps) else clicked
    if cell is None or (cell[0], cell[1], 0) not in found.cells:
        return
    row, column = (kinds[0], cell[0]), (kinds[1], cell[1])
    seeds = around(workspace, facets, row, column)
    name = f"{cell[0]} and {cell[1]}"
    st.text(
        f"Nothing is in “{name}”, so a run there starts from {count_of(len(seeds), 'sample', 'samples')} that have one "
        "of the two labels. Say in the options of the method what the two should have in common."
    )
    if st.button("Generate here", key="diversity.grid.generate", icon=":material/auto_awesome:", help=plain(name)):
        seed_with(seeds, f"around the empty cell {name}")


def _place(kinds: list[str], wished: tuple[str, ...]) -> int:
    """The place of the first wished one that is there."""
    return next((kinds.index(kind) for kind in wished if kind in kinds), 0)


def _title(kind: str) -> str:
    return LABELS.get(kind) or title_of(kind)
