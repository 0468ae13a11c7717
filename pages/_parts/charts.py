"""Figures that can be clicked. Whatever is text from outside is escaped: Plotly would read tags in it (T1)."""

import html
from collections.abc import Callable, Sequence
from dataclasses import replace
from hashlib import sha256

import plotly.graph_objects as go
import streamlit as st

from curation.facets import Facets, Range
from curation.store.charts import Bin
from pages._parts.plain import visible

LONGEST = 32
CONFIG: dict[str, object] = {"displaylogo": False}


def short(text: str) -> str:
    """A text for a chart: on one line, cut, and with nothing in it that is read as a tag.

    >>> short("<a href='x'>name</a>")
    "&lt;a href='x'&gt;name&lt;/a&gt;"
    """
    line = " ".join(visible(text).split())
    return html.escape(line if len(line) <= LONGEST else line[: LONGEST - 1] + "…", quote=False)


def bars(counts: Sequence[tuple[str, int]], axis: str) -> go.Figure:
    """Lying bars, the first on top; `axis` says what the bars are."""
    places = list(range(len(counts)))
    numbers = [number for _, number in counts]
    figure = go.Figure(
        go.Bar(
            x=numbers, y=places, orientation="h", text=[f"{n:,}" for n in numbers], textposition="auto", hoverinfo="x"
        )
    )
    figure.update_layout(
        height=90 + 28 * max(2, len(counts)),
        margin={"l": 8, "r": 8, "t": 8, "b": 8},
        xaxis={"title": "samples"},
        yaxis={
            "title": axis,
            "autorange": "reversed",
            "tickvals": places,
            "ticktext": [short(name) for name, _ in counts],
        },
    )
    return figure


def lengths(found: Sequence[Bin], axis: str) -> go.Figure:
    """Standing bars of a histogram."""
    figure = go.Figure(
        go.Bar(x=[bin_name(each) for each in found], y=[each.samples for each in found], hoverinfo="x+y")
    )
    figure.update_layout(
        height=280,
        margin={"l": 8, "r": 8, "t": 8, "b": 8},
        bargap=0.06,
        xaxis={"title": axis, "type": "category", "nticks": 12},
        yaxis={"title": "samples"},
    )
    return figure


def sunburst(rows: Sequence[tuple[str, str, int]]) -> tuple[go.Figure, list[tuple[str, str]]]:
    """Verbs inside, their objects outside; gives the figure and the (verb, object) of each wedge, "" for a verb."""
    totals: dict[str, int] = {}
    for verb, _, number in rows:
        totals[verb] = totals.get(verb, 0) + number
    wedges = [(verb, "") for verb in totals] + [(verb, noun) for verb, noun, _ in rows]
    figure = go.Figure(
        go.Sunburst(
            ids=[f"{verb}/{noun}" for verb, noun in wedges],
            labels=[short(noun or verb) for verb, noun in wedges],
            parents=["" if not noun else f"{verb}/" for verb, noun in wedges],
            values=[*totals.values(), *(number for _, _, number in rows)],
            branchvalues="total",
            sort=False,
            hoverinfo="label+value",
            insidetextorientation="radial",
        )
    )
    figure.update_layout(height=620, margin={"l": 0, "r": 0, "t": 0, "b": 0}, extendsunburstcolors=True)
    return figure, wedges


def clickable(figure: go.Figure, key: str, facets: Facets, picked: Callable[[int], None], alt: str) -> None:
    """Draw a figure of one trace; a click calls `picked` with the place of what was clicked in that trace.

    The widget's name holds the facets: after each change it is a new chart, on which a second click counts again.
    """
    name = f"{key}.{stamp(facets)}"

    def click() -> None:
        points = st.session_state[name]["selection"]["points"]
        if points:
            picked(int(points[0].get("point_number", points[0].get("point_index", 0))))

    st.plotly_chart(
        figure, key=name, on_select=click, selection_mode="points", config=dict(CONFIG), width="stretch", alt=alt
    )


def stamp(facets: Facets, *more: object) -> str:
    """A short name for these choices, for the names of widgets that are made anew when they change."""
    return sha256(repr((facets.to_query(), more)).encode()).hexdigest()[:8]


def with_labels(facets: Facets, labels: Sequence[tuple[str, str]]) -> Facets:
    """The choices with these labels in the place of others of the same signals; without them where they were chosen.

    >>> with_labels(Facets(labels=(("verb", "write"),)), [("verb", "name")]).labels
    (('verb', 'name'),)
    >>> with_labels(Facets(labels=(("verb", "write"),)), [("verb", "write")]).labels
    ()
    """
    signals = {signal for signal, _ in labels}
    rest = tuple(label for label in facets.labels if label[0] not in signals)
    before = tuple(label for label in facets.labels if label[0] in signals)
    return replace(facets, labels=rest if set(before) == set(labels) else (*rest, *labels))


def with_range(facets: Facets, wanted: Range) -> Facets:
    """The choices with this range in the place of another of the same signal; without it where it was chosen.

    >>> with_range(Facets(ranges=(("words", 1, 2),)), ("words", 3, None)).ranges
    (('words', 3, None),)
    """
    rest = tuple(each for each in facets.ranges if each[0] != wanted[0])
    return replace(facets, ranges=rest if wanted in facets.ranges else (*rest, wanted))


def bin_name(one: Bin) -> str:
    """The whole numbers of a bar, for example `7–13`."""
    if one.most is None:
        return f"{one.least:,.0f} or more"
    return f"{one.least:,.0f}" if one.least == one.most else f"{one.least:,.0f}–{one.most:,.0f}"
