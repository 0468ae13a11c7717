"""A table of counts as squares: full ones with their number, open ones where there is nothing."""

from collections.abc import Sequence

import plotly.graph_objects as go

from pages._parts.charts import short

SQUARE, ROW = 46, 58
"""Pixels of a square, and of a row with the space around it."""
SHADES = ((58, 0), (118, 62), (170, 110))
"""Red, green and blue of the emptiest and of the fullest cell; white on either can be read (I21)."""
INSIDE, NONE, GREY = "#FFFFFF", "empty", "#55585F"

Cells = Sequence[tuple[str, str, int]]
"""(row, column, count)"""


def squares(cells: Cells, rows: Sequence[str], columns: Sequence[str]) -> go.Figure:
    """A square for each cell, in the order of the cells: full with its number, or an outline with a word."""
    most = max((count for _, _, count in cells), default=0) or 1
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
                "color": [shade(count / most) if count else GREY for _, _, count in cells],
                "line": {"width": 1},
            },
            customdata=[f"{short(row, 200)} / {short(column, 200)}: {count}" for row, column, count in cells],
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
    figure.update_layout(dragmode=False, hovermode="closest")
    return figure


def shade(share: float) -> str:
    """A blue that is darker for a larger share, 0 to 1, and always dark enough for white words."""
    return "rgb({:.0f},{:.0f},{:.0f})".format(*(high + (low - high) * share for high, low in SHADES))
