"""The grid of a run of prompt evolution: two of its axes against each other, with what is empty in words."""

from typing import get_args

import plotly.graph_objects as go
import streamlit as st

from curation.errors import CurationError
from curation.generators import PromptEvolution
from curation.generators.domain.axes import Axis
from curation.stages.coverage import Coverage, read_coverage
from curation.store import Workspace
from curation.store.runs import Run
from pages._parts.charts import clickable, framed, short
from pages._parts.facet_bar import choose, chosen
from pages._parts.plain import plain
from pages._parts.titles import count_of

CLICKED = "generate.grid.clicked"
SQUARE, ROW = 46, 58
"""Pixels of a square, and of a row with the space around it."""
SHADES = ((58, 0), (118, 62), (170, 110))
"""Red, green and blue of the emptiest and of the fullest cell; white on either can be read (I21)."""
INSIDE, NONE, GREY = "#FFFFFF", "empty", "#55585F"


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
    st.subheader("How full the grid is")
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

    figure = _figure(cells, list(table), list(next(iter(table.values()))))
    framed(figure, 90 + ROW * len(table), _words(columns) if columns in found.axes else "", _words(rows))
    figure.update_layout(dragmode=False, hovermode="closest")
    clickable(
        figure, f"generate.grid.{run}.{rows}.{columns}", chosen(), go_to,
        f"Samples by {_words(rows)} and {_words(columns)}: squares with a number, and open ones that say empty",
    )  # fmt: skip


def _figure(cells: list[tuple[str, str, int]], rows: list[str], columns: list[str]) -> go.Figure:
    """A square for each cell: full with its number, or an outline with a word."""
    most = max(count for _, _, count in cells) or 1
    figure = go.Figure(
        go.Scatter(
            x=[columns.index(column) for _, column, _ in cells],
            y=[rows.index(row) for row, _, _ in cells],
            mode="markers+text",
            text=[f"<b>{count:,}</b>" if count else NONE for _, _, count in cells],
            textfont={"color": [INSIDE if count else GREY for _, _, count in cells], "size": 13},
            marker={
                "symbol": ["square" if count else "square-open" for _, _, count in cells],
                "size": SQUARE,
                "color": [_shade(count / most) if count else GREY for _, _, count in cells],
                "line": {"width": 1},
            },
            hovertext=[f"{short(row)}, {short(column)}: {count:,}" for row, column, count in cells],
            hoverinfo="text",
        )
    )
    for update, names, turned in ((figure.update_xaxes, columns, False), (figure.update_yaxes, rows, True)):
        ends = [-0.6, len(names) - 0.4]
        update(
            tickvals=list(range(len(names))), ticktext=[short(name, 24) for name in names], showgrid=False,
            zeroline=False, range=ends[::-1] if turned else ends,
        )  # fmt: skip
    figure.update_xaxes(side="top")
    return figure


def _shade(share: float) -> str:
    """A blue that is darker for a larger share, 0 to 1, and always dark enough for white words."""
    return "rgb({:.0f},{:.0f},{:.0f})".format(*(high + (low - high) * share for high, low in SHADES))


def _words(axis: Axis) -> str:
    return axis.replace("_", " ")
