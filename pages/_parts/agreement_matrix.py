"""Reviewers against reviewers: a square for each two, which opens what they disagree on."""

from collections.abc import Callable, Sequence

import plotly.graph_objects as go
import streamlit as st

from curation.facets import Facets
from curation.stages.agreement import Two
from pages._parts.agreement_words import told
from pages._parts.cell_squares import GREY, INSIDE, ROW, SQUARE, shade
from pages._parts.charts import Words, clickable, framed, short

NONE = "none"
WIDE = 90


def show_matrix(pairs: Sequence[Two], picked: Callable[[tuple[str, str]], None]) -> None:
    """Draw Cohen's κ of each two; a click on a square calls `picked` with their names."""
    both = [(two.first, two.second, two) for two in pairs] + [(two.second, two.first, two) for two in pairs]
    names = sorted({name for name, _, _ in both})
    space = st.container(width=260 + WIDE * len(names))
    with space:
        clickable(
            _figure(both, names), f"agreement.matrix.{len(both)}", Facets(), lambda place: picked(both[place][:2]),
            Words("Two by two", "Cohen's κ of each two reviewers, one square for each",
                  "Cohen's κ. Click a square to see what these two disagree on."),
        )  # fmt: skip


def _figure(both: Sequence[tuple[str, str, Two]], names: Sequence[str]) -> go.Figure:
    found = [two.agreement for _, _, two in both]
    figure = go.Figure(
        go.Scatter(
            x=[names.index(column) for _, column, _ in both],
            y=[names.index(row) for row, _, _ in both],
            mode="markers+text",
            text=[_text(two) for _, _, two in both],
            textfont={"color": [INSIDE if one.samples else GREY for one in found], "size": 13},
            marker={
                "symbol": ["square" if one.samples else "square-open" for one in found],
                "size": SQUARE,
                "color": [shade(max(0.0, _height(two))) if two.agreement.samples else GREY for _, _, two in both],
                "line": {"width": 1},
            },
            customdata=[[short(row, 80), short(column, 80)] for row, column, _ in both],
            hovertext=[_hover(two) for _, _, two in both],
            hoverinfo="text",
        )
    )
    ends = [-0.6, len(names) - 0.4]
    ticks = {"tickvals": list(range(len(names))), "ticktext": [short(name, 18) for name in names]}
    figure.update_xaxes(side="top", showgrid=False, zeroline=False, range=ends, **ticks)
    figure.update_yaxes(showgrid=False, zeroline=False, range=ends[::-1], **ticks)
    figure.update_layout(dragmode=False, hovermode="closest")
    return framed(figure, 100 + ROW * len(names), "reviewer", "reviewer")


def _height(two: Two) -> float:
    """How dark: κ, or the raw share where κ cannot be told."""
    found = two.agreement
    return found.cohen.value if found.cohen.is_known else found.raw.value


def _text(two: Two) -> str:
    found = two.agreement
    if not found.samples:
        return NONE
    return f"<b>{found.cohen.value:.2f}</b>" if found.cohen.is_known else f"<b>{found.raw.value:.0%}</b>"


def _hover(two: Two) -> str:
    found = two.agreement
    who = f"{short(two.first)} and {short(two.second)}"
    if not found.samples:
        return f"{who}: no sample in common"
    return f"{who}: κ {told(found.cohen)}, {found.disputed:,} of {found.samples:,} disputed"
