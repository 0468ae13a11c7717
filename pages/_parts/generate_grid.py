"""The grid of a run of prompt evolution: two of its axes against each other, with what is empty in words."""

from typing import get_args

import streamlit as st

from curation.errors import CurationError
from curation.generators import PromptEvolution
from curation.generators.domain.axes import Axis
from curation.stages.coverage import Coverage, read_coverage
from curation.store import Workspace
from curation.store.runs import Run
from pages._parts.cell_squares import ROW, squares
from pages._parts.charts import Words, clickable, framed
from pages._parts.facet_bar import choose, chosen
from pages._parts.plain import plain
from pages._parts.titles import count_of

CLICKED = "generate.grid.clicked"


def show_grid(workspace: Workspace, run: Run) -> None:
    """The cells with their samples, for runs that fill a grid; a click on one leads to its samples."""
    if run.method != PromptEvolution.name:
        return
    if st.session_state.pop(CLICKED, False):
        st.session_state["review.view"] = "Table"
        st.switch_page("pages/review.py")
    try:
        found = read_coverage(workspace, run.id)
    except CurationError as error:
        st.caption(plain(str(error)))
        return
    st.caption(_said(found))
    rows, columns = _axes(found, run.id)
    _draw(found, rows, columns, run.id)
    shared = len(found.runs) > 1
    also = " Earlier runs made some of them from the same answers: you will see what they made for the cell, too."
    st.caption(f"Click a cell to see its samples.{also if shared else ''}")


def _said(found: Coverage) -> str:
    cells = count_of(len(found.counts), "cell", "cells")
    return f"{cells} in all, one for each combination of values; {found.empty:,} of them without a sample."


def _axes(found: Coverage, run: str) -> tuple[Axis, Axis]:
    """The axes that the reader chose; of a grid with one axis the other one is an axis on which no cell has a value."""
    first, second = st.columns(2)
    rows: Axis = first.selectbox("Rows", found.axes, key=f"generate.grid.rows.{run}", format_func=_words)
    rest = [axis for axis in found.axes if axis != rows]
    if not rest:
        return rows, next(axis for axis in get_args(Axis) if axis != rows)
    return rows, second.selectbox("Columns", rest, key=f"generate.grid.columns.{run}", format_func=_words)


def _draw(found: Coverage, rows: Axis, columns: Axis, run: str) -> None:
    table = found.table(rows, columns)
    cells = [(row, column, count) for row, counts in table.items() for column, count in counts.items()]

    def go_to(place: int) -> None:
        row, column, count = cells[place]
        if count:
            choose(found.facets([(rows, row), (columns, column)]))
            st.session_state[CLICKED] = True

    figure = squares(cells, list(table), list(next(iter(table.values()))))
    framed(figure, 90 + ROW * len(table), _words(columns) if columns in found.axes else "", _words(rows))
    clickable(
        figure, f"generate.grid.{run}.{rows}.{columns}", chosen(), go_to,
        Words(
            "How full the grid is",
            f"Samples by {_words(rows)} and {_words(columns)}: squares with a number, and open ones that say empty",
        ),
    )  # fmt: skip


def _words(axis: Axis) -> str:
    return axis.replace("_", " ")
