"""Figures of the Diversity page alone."""

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from pages._parts.charts import framed, short, wedges_of


@dataclass(frozen=True)
class Point:
    """One number with the ends of its interval; `key` is what a click on it chooses."""

    key: str
    name: str
    value: float
    low: float
    high: float


def treemap(rows: Sequence[tuple[str, str, int]]) -> tuple[go.Figure, list[tuple[str, str]]]:
    """Verbs as large fields, their objects as fields in them; gives the (verb, object) of each, "" for a verb."""
    tree = wedges_of(rows)
    fields = go.Treemap(
        ids=tree.ids, labels=tree.labels, parents=tree.parents, values=tree.values, branchvalues="total", sort=False,
        textinfo="label+value", hoverinfo="label+value", root={"color": "rgba(0,0,0,0)"},
    )  # fmt: skip
    figure = go.Figure(fields)
    figure.update_layout(height=620, margin={"l": 0, "r": 0, "t": 24, "b": 0}, extendtreemapcolors=False)
    return figure, tree.wedges


def intervals(points: Sequence[Point], axis: str, what: str) -> go.Figure:
    """A dot with its interval for each point, the first on top."""
    places = list(range(len(points)))
    figure = go.Figure(_dots([point.value for point in points], places, points, "x"))
    figure.update_yaxes(autorange="reversed", tickvals=places, ticktext=[short(point.name) for point in points])
    return framed(figure, 90 + 34 * max(2, len(points)), axis, what)


def over_time(points: Sequence[Point], axis: str, what: str) -> go.Figure:
    """A line from run to run, with the interval of each."""
    places = list(range(len(points)))
    figure = go.Figure(_dots(places, [point.value for point in points], points, "y"))
    figure.update_traces(mode="lines+markers")
    figure.update_xaxes(tickvals=places, ticktext=[short(point.name, 24) for point in points])
    return framed(figure, 300, what, axis)


def _dots(x: Sequence[float], y: Sequence[float], points: Sequence[Point], along: str) -> go.Scatter:
    reach = {
        "type": "data",
        "array": [point.high - point.value for point in points],
        "arrayminus": [point.value - point.low for point in points],
    }
    hover = [f"{short(each.name, 200)}: {each.value:,.4g} ({each.low:,.4g} to {each.high:,.4g})" for each in points]
    return go.Scatter(
        x=x, y=y, mode="markers", marker={"size": 11}, hoverinfo="text", hovertext=hover,
        customdata=[point.name for point in points], **{f"error_{along}": reach},
    )  # fmt: skip
