"""The charts of the overview. A click on a bar opens the samples behind it."""

from collections.abc import Callable, Sequence

import plotly.graph_objects as go
import streamlit as st

from curation.facets import Facets
from curation.store.overview import Bar, Funnel
from pages._parts.chart_saving import saving
from pages._parts.charts import Words, bars, framed, lengths
from pages._parts.overview_numbers import look_at
from pages._parts.plain import visible

MOST = 10
"""Bars for origins and languages; the facets in the sidebar of the other pages name all of them."""
NAMED = 5
COLOURS = {"accept": "#009E73", "reject": "#D55E00", "skip": "#6E6E6E"}
SHAPES = {"accept": "", "reject": "/", "skip": "."}
"""So that the kinds are not told apart by colour alone (I21)."""
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
    words = Words("From collected to in", "Samples left after each step")
    picked = _bars("overview.funnel", [(name, number) for name, number, _ in steps], words)
    if funnel.rescued:
        st.caption(f"{funnel.rescued:,} samples are in although the recipe drops them, because a person accepted them.")
    if picked is None:
        return
    target = steps[picked][2]
    if isinstance(target, str):
        st.switch_page(target)
    look_at(target)


def show_values(key: str, counts: Sequence[tuple[str, int]], words: Words, facets: Callable[[str], Facets]) -> None:
    """The most frequent values with their numbers of samples."""
    if not counts:
        _nothing(words.title)
        return
    shown = counts[:MOST]
    picked = _bars(key, shown, words)
    if len(counts) > MOST:
        st.caption(f"The {MOST} largest of {len(counts):,}.")
    if picked is not None:
        look_at(facets(shown[picked][0]))


def show_lengths(found: Sequence[Bar]) -> None:
    """How many answers have how many words."""
    title = "Length of answers"
    if not any(bar.samples for bar in found):
        _nothing(title)
        return
    named = [(_words(bar), bar.samples) for bar in found]
    most = max(named, key=lambda each: each[1])
    alt = f"Histogram of words in the answer; most frequent: {most[0]} ({most[1]:,} samples)"
    picked = _drawn(lengths(named, "words in the answer"), "overview.lengths", Words(title, alt))
    if picked is not None:
        low, high = found[picked].low, found[picked].high
        look_at(Facets(ranges=(("words", low, high),)))


def show_days(days: Sequence[tuple[str, str, int]]) -> None:
    """Decisions that still stand, by day and kind."""
    title = "Decisions per day"
    if not days:
        _nothing(title, "Nobody has decided on a sample yet.")
        st.page_link("pages/review.py", label="Review samples", icon=":material/rate_review:")
        return
    figure = go.Figure(
        [
            go.Bar(
                x=[day for day, action, _ in days if action == kind],
                y=[number for _, action, number in days if action == kind],
                name=PLURALS[kind],
                marker={"color": colour, "pattern": {"shape": SHAPES[kind]}},
            )
            for kind, colour in COLOURS.items()
        ]
    )
    figure.update_layout(barmode="stack", bargap=0.4)
    figure.update_xaxes(type="category")
    framed(figure, 280, "day (UTC)", "decisions")
    total = sum(number for *_, number in days)
    if _drawn(figure, "overview.days", Words(title, f"Decisions per day, {total:,} in all")) is not None:
        look_at(Facets(states=("accepted", "rejected")))


def _bars(key: str, counts: Sequence[tuple[str, int]], words: Words) -> int | None:
    """Lying bars, the first on top; gives the one that was clicked."""
    named = ", ".join(f"{visible(name)} ({number:,})" for name, number in counts[:NAMED])
    return _drawn(bars(counts, ""), key, words._replace(alt=f"{words.alt}: {named}"))


def _drawn(figure: go.Figure, key: str, words: Words) -> int | None:
    config = saving(figure, key, words.title, words.meaning)
    event = st.plotly_chart(
        figure, key=key, on_select="rerun", selection_mode="points", config=config, width="stretch", alt=words.alt
    )
    picked = event["selection"]["point_indices"]
    return int(picked[0]) if picked else None


def _nothing(title: str, why: str = "Not measured yet.") -> None:
    st.markdown(f"#### {title}")
    st.caption(why)


def _words(bar: Bar) -> str:
    if bar.high is None:
        return f"{bar.low:,} or more"
    return f"{bar.low:,}" if bar.low == bar.high else f"{bar.low:,}–{bar.high:,}"
