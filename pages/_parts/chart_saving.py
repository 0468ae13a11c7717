"""The title of a chart, and what it shows as a file: numbers as CSV, a picture as PNG or SVG by Plotly's own camera."""

import csv
import html
import io
from collections.abc import Iterator
from typing import Final

import numpy as np
import plotly.graph_objects as go
import streamlit as st

from curation.exporters.viewing_csv import FORMULA_STARTS
from pages._parts.plain import plain

FORMATS: Final = {"PNG": "png", "SVG": "svg"}
COLUMNS: Final = ("customdata", "labels", "parents", "x", "y", "values")
"""What of a trace can hold a column, in the order of the file."""


def saving(figure: go.Figure, key: str, title: str, meaning: str | None = None) -> dict[str, object]:
    """Show the title of a chart, at the right of it what saves the chart, and give the settings for its camera.

    Args:
        figure: what is drawn.
        key: name of the chart, also of its files.
        title: what is above it; read as plain text.
        meaning: what the reader can ask for beside the title.
    """
    name = key.replace(".", "-")
    row = st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center")
    row.markdown(f"#### {plain(title)}", help=meaning)
    with row.popover("Save", type="tertiary", help="The chart as a picture, its numbers as a table"):
        kind = st.segmented_control("Picture", list(FORMATS), default="PNG", key=f"{key}.picture")
        st.caption("Then press the camera above the chart.")
        st.download_button(
            "Numbers (CSV)", lambda: drawn(figure), f"{name}.csv", "text/csv", key=f"{key}.csv", on_click="ignore"
        )
    return {"displaylogo": False, "toImageButtonOptions": {"format": FORMATS[kind or "PNG"], "filename": name}}


def drawn(figure: go.Figure) -> str:
    """The numbers of a figure as CSV, one line per mark; cells that a spreadsheet would run are made text.

    >>> print(drawn(go.Figure(go.Bar(name="a", x=[1, 2], y=["p", "=q"]))).strip())
    series,x,y
    a,1,p
    a,2,'=q
    """
    found = list(_marks(figure))
    used = [column for column in COLUMNS if any(column in mark for mark in found)]
    to = io.StringIO()
    lines = csv.writer(to, lineterminator="\n")
    lines.writerow(["series", *(_title(figure, column) for column in used)])
    lines.writerows([_safe(mark["series"]), *(_safe(mark.get(column, "")) for column in used)] for mark in found)
    return to.getvalue()


def _marks(figure: go.Figure) -> Iterator[dict[str, object]]:
    for trace in figure.data:
        columns = {column: list(trace[column]) for column in COLUMNS if _is_column(trace, column)}
        for at in range(max(map(len, columns.values()), default=0)):
            mark = {column: values[at] for column, values in columns.items() if at < len(values)}
            yield {"series": trace.name or "", **mark}


def _is_column(trace: go.Trace, column: str) -> bool:
    return column in trace and isinstance(trace[column], tuple | np.ndarray)


def _title(figure: go.Figure, column: str) -> str:
    if column in ("x", "y"):
        return str(figure.layout[f"{column}axis"].title.text or column)
    return {"customdata": "name", "labels": "name", "parents": "of", "values": "samples"}.get(column, column)


def _safe(value: object) -> object:
    if not isinstance(value, str):
        return value
    text = html.unescape(value)
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text
