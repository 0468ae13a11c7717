"""The charts of the overview. A click on a bar opens the samples behind it."""

import html
from collections.abc import Callable, Sequence

import plotly.graph_objects as go
import streamlit as st

from curation.facets import Facets
from curation.store.overview import Bar, Funnel
from pages._parts.overview_numbers import look_at
from pages._parts.plain import visible

MOST = 12
"""Bars for origins and languages; the facets in the sidebar of the other pages name all of them."""
LONGEST = 28
COLOURS = {"accept": "#009E73", "reject": "#D55E00", "skip": "#6E6E6E"}
PLURALS = {"accept": "accepted", "reject": "rejected", "skip": "skipped"}


def show_funnel(funnel: Funnel) -> None:
    """How many samples are left after each step."""
    steps: list[tuple[str, int, Facets | str]] = [
        ("Collected", funnel.collected, Facets()),
        ("Distinct", funnel.distinct, Facets()),
        ("Pass the rules", funnel.pass_rules, "pages/filters.py"),
        ("Not a near-duplicate", funnel.not_duplicates, "pages/duplicates.py"),
        ("In: not rejected by a person", funnel.kept_in, Facets(states=("accepted", "kept"))),
    ]
    picked = _bars("overview.funnel", [step[0] for step in steps], [step[1] for step in steps])
    if funnel.rescued:
        st.caption(f"{funnel.rescued:,} samples are in although the recipe drops them, because a person accepted them.")
    if picked is None:
        return
    target = steps[picked][2]
    if isinstance(target, str):
        st.switch_page(target)
    look_at(target)


def show_values(key: str, counts: Sequence[tuple[str, int]], facets: Callable[[str], Facets]) -> None:
    """The most frequent values with their numbers of samples."""
    if not counts:
        st.caption("Not measured yet.")
        return
    shown = counts[:MOST]
    picked = _bars(key, [value for value, _ in shown], [number for _, number in shown])
    if len(counts) > MOST:
        st.caption(f"The {MOST} largest of {len(counts):,}.")
    if picked is not None:
        look_at(facets(shown[picked][0]))


def show_lengths(bars: Sequence[Bar]) -> None:
    """How many answers have how many words."""
    if not any(bar.samples for bar in bars):
        st.caption("Not measured yet.")
        return
    figure = go.Figure(go.Bar(x=[_words(bar) for bar in bars], y=[bar.samples for bar in bars]))
    figure.update_layout(xaxis={"title": "words in the answer", "type": "category"}, yaxis={"title": "samples"})
    picked = _drawn(figure, "overview.lengths", 260)
    if picked is not None:
        low, high = bars[picked].low, bars[picked].high
        look_at(Facets(ranges=(("words", low, high),)))


def show_days(days: Sequence[tuple[str, str, int]]) -> None:
    """Decisions that still stand, by day and kind."""
    if not days:
        st.caption("Nobody has decided on a sample yet.")
        st.page_link("pages/review.py", label="Review samples", icon=":material/rate_review:")
        return
    figure = go.Figure(
        [
            go.Bar(
                x=[day for day, action, _ in days if action == kind],
                y=[number for _, action, number in days if action == kind],
                name=PLURALS[kind],
                marker={"color": colour},
            )
            for kind, colour in COLOURS.items()
        ]
    )
    figure.update_layout(
        barmode="stack", xaxis={"title": "day (UTC)", "type": "category"}, yaxis={"title": "decisions"}
    )
    if _drawn(figure, "overview.days", 260) is not None:
        look_at(Facets(states=("accepted", "rejected")))


def _bars(key: str, names: Sequence[str], numbers: Sequence[int]) -> int | None:
    """Lying bars, the first on top; gives the one that was clicked."""
    places = list(range(len(names)))
    bars = go.Bar(
        x=list(numbers), y=places, orientation="h", text=[f"{n:,}" for n in numbers], hoverinfo="x", textposition="auto"
    )
    figure = go.Figure(bars)
    figure.update_layout(
        xaxis={"title": "samples"},
        yaxis={"autorange": "reversed", "tickvals": places, "ticktext": [_short(name) for name in names]},
    )
    return _drawn(figure, key, 90 + 30 * len(names))


def _drawn(figure: go.Figure, key: str, height: int) -> int | None:
    figure.update_layout(height=height, margin={"l": 8, "r": 8, "t": 8, "b": 8})
    event = st.plotly_chart(
        figure, key=key, on_select="rerun", selection_mode="points", config={"displaylogo": False}, width="stretch"
    )
    picked = event["selection"]["point_indices"]
    return int(picked[0]) if picked else None


def _words(bar: Bar) -> str:
    if bar.high is None:
        return f"{bar.low:,} or more"
    return f"{bar.low:,}" if bar.low == bar.high else f"{bar.low:,}–{bar.high:,}"


def _short(name: str) -> str:
    """A name for an axis: cut, and with nothing in it that Plotly would read as a tag (T1)."""
    line = " ".join(visible(name).split())
    return html.escape(line if len(line) <= LONGEST else line[: LONGEST - 1] + "…")
