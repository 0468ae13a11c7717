"""The map itself: points in layers, and the lasso whose numbers are ours at once."""

from collections.abc import Sequence

import plotly.graph_objects as go
import streamlit as st

from curation.stages.looking import Layer
from pages._parts.charts import CONFIG, short

SELECTED = "map.selected"
GREY = "#8A8A8A"
STATE_COLOURS = {"accepted": "#009E73", "kept": "#0072B2", "dropped": "#E69F00", "rejected": "#D55E00"}
SYMBOLS = ("circle", "square", "diamond", "triangle-up", "cross", "star", "triangle-down", "pentagon")
"""So that labels are not told apart by colour alone (I21), where points are large enough to have a shape."""
SMALL = 5.0
STATE_SYMBOLS = {"accepted": "diamond", "kept": "circle", "dropped": "x", "rejected": "cross"}


def scatter(layers: Sequence[Layer], title: str) -> go.Figure:
    """Points by layer; numbers travel as `customdata`, and only of points that a lasso may count."""
    size, opacity = look(sum(len(layer.numbers) for layer in layers))
    figure = go.Figure()
    theme = figure.layout.template.layout.colorway or [GREY]
    labels = [layer.name for layer in layers if layer.role == "label"]
    for layer in layers:
        place = labels.index(layer.name) if layer.role == "label" else 0
        symbol = SYMBOLS[place % len(SYMBOLS)] if size > SMALL else "circle"
        marker = {"size": size, "opacity": opacity} | _marker(layer, theme[place % len(theme)], symbol)
        figure.add_trace(
            go.Scattergl(
                x=layer.positions[:, 0],
                y=layer.positions[:, 1],
                mode="markers",
                name=f"{short(layer.name)} ({len(layer.numbers):,})",
                marker=marker,
                customdata=None if layer.role == "outside" else layer.numbers,
                hoverinfo="skip" if layer.role == "outside" else None,
                hovertemplate=None
                if layer.role == "outside"
                else f"no. %{{customdata}}<br>{_unread(layer.name)}<extra></extra>",
            )
        )
    hidden = {"visible": False}
    figure.update_layout(
        height=620,
        dragmode="lasso",
        uirevision="map",
        margin={"l": 0, "r": 0, "t": 8, "b": 8},
        xaxis=hidden,
        yaxis=hidden | {"scaleanchor": "x"},
        legend={"title": {"text": short(title)}, "itemsizing": "constant"},
        showlegend=True,
    )
    return figure


def look(points: int) -> tuple[float, float]:
    """Size in pixels and opacity of so many points: fewer are drawn larger and denser.

    >>> look(100), look(50_000)
    ((10.0, 0.9), (3.0, 0.45))
    """
    root = max(1.0, points**0.5)
    return round(min(10.0, max(3.0, 220 / root)), 1), round(min(0.9, max(0.45, 45 / root)), 2)


def draw(figure: go.Figure, name: str, alt: str) -> None:
    """Draw the map; what is lassoed is copied to `SELECTED`, because a redrawn figure forgets it (I9)."""

    def selected() -> None:
        points = st.session_state[name]["selection"]["points"]
        st.session_state[SELECTED] = sorted({number for point in points for number in _number(point)})

    st.plotly_chart(
        figure,
        key=name,
        on_select=selected,
        selection_mode=("lasso", "box", "points"),
        config=dict(CONFIG) | {"scrollZoom": True},
        width="stretch",
        alt=alt,
    )


def _number(point: dict[str, object]) -> list[int]:
    """The number that a point carries, none for a point outside the filters."""
    found = point.get("customdata")
    if isinstance(found, list):
        found = found[0] if found else None
    return [int(found)] if isinstance(found, int | float) else []


def _unread(name: str) -> str:
    """A name in a hover text, in which nothing is taken for a place to fill in."""
    return short(name).replace("%{", "% {")


def _marker(layer: Layer, colour: str, symbol: str) -> dict[str, object]:
    if layer.role == "outside":
        return {"color": GREY, "opacity": 0.18, "size": 3}
    if layer.role == "rest":
        return {"color": GREY}
    if layer.values is not None:
        low, high = layer.limits()
        return {"color": layer.values, "cmin": low, "cmax": high, "showscale": True, "colorscale": "Viridis"}
    return {"color": STATE_COLOURS.get(layer.name, colour), "symbol": STATE_SYMBOLS.get(layer.name, symbol)}
