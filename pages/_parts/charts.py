"""Figures that can be clicked. Whatever is text from outside is escaped: Plotly would read tags in it (T1)."""

import html
from collections.abc import Callable, Sequence
from dataclasses import replace
from hashlib import sha256
from typing import NamedTuple

import plotly.graph_objects as go
import streamlit as st
from streamlit.elements.lib.streamlit_plotly_theme import GRAY_90

from curation.facets import Facets, Range
from curation.store.charts import Bin
from pages._parts.chart_saving import saving
from pages._parts.plain import visible

LONGEST = 32
CONFIG: dict[str, object] = {"displaylogo": False}


def short(text: str, longest: int = LONGEST) -> str:
    """A text for a chart: on one line, cut, and with nothing in it that is read as a tag.

    >>> short("<a href='x'>name</a>")
    "&lt;a href='x'&gt;name&lt;/a&gt;"
    """
    line = " ".join(visible(text).split())
    return html.escape(line if len(line) <= longest else line[: longest - 1] + "…", quote=False)


def frame(height: int, x: str, y: str) -> dict[str, object]:
    """A layout with its height in pixels and the titles of its axes, in a grey that can be read (I21)."""
    grey = {"color": GRAY_90}
    axes = {
        name: {"title": {"text": title, "font": grey}, "tickfont": grey} for name, title in (("xaxis", x), ("yaxis", y))
    }
    return {"height": height, "margin": {"l": 8, "r": 8, "t": 8, "b": 8}, "font": grey, **axes}


def framed(figure: go.Figure, height: int, x: str, y: str) -> go.Figure:
    """The figure in its `frame`."""
    return figure.update_layout(frame(height, x, y))


def bars(counts: Sequence[tuple[str, int]], axis: str) -> go.Figure:
    """Lying bars, the first on top; `axis` says what the bars are."""
    places = list(range(len(counts)))
    numbers = [number for _, number in counts]
    figure = go.Figure(
        go.Bar(
            x=numbers, y=places, orientation="h", text=[f"{n:,}" for n in numbers], textposition="auto",
            hovertext=[f"{short(name, 200)}: {n:,}" for name, n in counts], hoverinfo="text",
            customdata=[name for name, _ in counts],
        )
    )  # fmt: skip
    figure.update_yaxes(autorange="reversed", tickvals=places, ticktext=[short(name) for name, _ in counts])
    return framed(figure, 90 + 28 * max(2, len(counts)), "samples", axis)


def lengths(found: Sequence[tuple[str, int]], axis: str) -> go.Figure:
    """Standing bars of a histogram: the words for each bar and its samples."""
    hover = [f"{name} {html.escape(axis)}: {n:,} samples" for name, n in found]
    bar = go.Bar(x=[name for name, _ in found], y=[n for _, n in found], hovertext=hover, hoverinfo="text")
    figure = go.Figure(bar)
    figure.update_layout(bargap=0.06)
    figure.update_xaxes(type="category", nticks=12)
    return framed(figure, 280, axis, "samples")


class Tree(NamedTuple):
    """Verbs and their objects as Plotly draws trees; `wedges` is the (verb, object) of each, "" for a verb."""

    ids: list[str]
    labels: list[str]
    parents: list[str]
    values: list[int]
    wedges: list[tuple[str, str]]


def wedges_of(rows: Sequence[tuple[str, str, int]]) -> Tree:
    """The tree of these (verb, object, samples): the verbs, then the objects."""
    totals: dict[str, int] = {}
    for verb, _, number in rows:
        totals[verb] = totals.get(verb, 0) + number
    wedges = [(verb, "") for verb in totals] + [(verb, noun) for verb, noun, _ in rows]
    return Tree(
        [f"{verb}/{noun}" for verb, noun in wedges],
        [short(noun or verb) for verb, noun in wedges],
        ["" if not noun else f"{verb}/" for verb, noun in wedges],
        [*totals.values(), *(number for _, _, number in rows)],
        wedges,
    )


def sunburst(rows: Sequence[tuple[str, str, int]]) -> tuple[go.Figure, list[tuple[str, str]]]:
    """Verbs inside, their objects outside; gives the figure and the (verb, object) of each wedge, "" for a verb."""
    tree = wedges_of(rows)
    figure = go.Figure(
        go.Sunburst(
            ids=tree.ids,
            labels=tree.labels,
            parents=tree.parents,
            values=tree.values,
            branchvalues="total",
            sort=False,
            hoverinfo="label+value",
            insidetextorientation="radial",
            leaf={"opacity": 1},  # a wedge that lets the ground through takes the contrast from its words
        )
    )
    figure.update_layout(height=620, margin={"l": 0, "r": 0, "t": 0, "b": 0}, extendsunburstcolors=False)
    return figure, tree.wedges


class Words(NamedTuple):
    """What a chart says in words: what is above it, what is read where it cannot be seen, and what it means."""

    title: str
    alt: str
    meaning: str | None = None


def clickable(figure: go.Figure, key: str, facets: Facets, picked: Callable[[int], None], words: Words) -> None:
    """Draw a figure of one trace; a click calls `picked` with the place of what was clicked in that trace.

    The widget's name holds the facets: after each change it is a new chart, on which a second click counts again.
    """
    name = f"{key}.{stamp(facets)}"

    def click() -> None:
        points = st.session_state[name]["selection"]["points"]
        if points:
            picked(int(points[0].get("point_number", points[0].get("point_index", 0))))

    config = saving(figure, key, words.title, words.meaning)
    st.plotly_chart(
        figure, key=name, on_select=click, selection_mode="points", config=config, width="stretch", alt=words.alt
    )  # fmt: skip


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
