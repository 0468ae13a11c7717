"""Length against margin: whether the chosen answers win by being better or by being longer."""

from collections.abc import Sequence

import plotly.graph_objects as go
import streamlit as st

from curation.pairing import Match
from curation.stages.pairing import Outlook
from pages._parts.chart_saving import saving
from pages._parts.charts import framed, short

PICKED = "generate.pairs.picked"
"""The place of the match that was clicked."""
KEPT, FLAGGED, DROPPED = "pair", "pair, won by length alone", "no pair"
LOOKS = {KEPT: ("#0072B2", "circle"), FLAGGED: ("#E69F00", "diamond"), DROPPED: ("#8A8A8A", "x")}
"""Colours that the colour-blind can tell apart, and shapes beside them (I21)."""


def draw(outlook: Outlook) -> None:
    """A point for each prompt with two scored answers; a click shows its answers below."""
    figure = go.Figure()
    for kind, (colour, symbol) in LOOKS.items():
        places = [at for at, match in enumerate(outlook.matches) if match.rejected and _kind(match) == kind]
        if places:
            figure.add_trace(_points(outlook.matches, places, kind).update(marker={"color": colour, "symbol": symbol}))
    framed(figure, 360, "length of the chosen answer, times that of the rejected one", "margin in points")
    figure.update_xaxes(type="log", tickformat="~g")
    figure.update_layout(legend={"orientation": "h", "y": 1.12}, showlegend=True)
    name = f"generate.pairs.chart.{_stamp(outlook)}"

    def click() -> None:
        points = st.session_state[name]["selection"]["points"]
        if points:
            place = points[0]["customdata"]
            st.session_state[PICKED] = int(place[0] if isinstance(place, list) else place)

    st.plotly_chart(
        figure, key=name, on_select=click, selection_mode="points",
        config=saving(figure, "generate.pairs.chart", "Margin and length"), width="stretch",
        alt="Margin in points against the length of the chosen answer relative to the rejected one",
    )  # fmt: skip


def picked(outlook: Outlook) -> Match | None:
    """The match that was clicked, else the first pair."""
    place: int | None = st.session_state.get(PICKED)
    if place is not None and place < len(outlook.matches):
        return outlook.matches[place]
    return outlook.kept[0] if outlook.kept else None


def _kind(match: Match) -> str:
    return DROPPED if match.rule else FLAGGED if match.is_length_alone else KEPT


def _points(matches: Sequence[Match], places: Sequence[int], kind: str) -> go.Scattergl:
    found = [matches[at] for at in places]
    return go.Scattergl(
        x=[match.ratio for match in found],
        y=[match.margin for match in found],
        mode="markers",
        name=f"{kind} ({len(found):,})",
        customdata=list(places),
        hovertext=[short(match.rule or match.answers[0].sample.instruction, 60) for match in found],
        hoverinfo="text+x+y",
    )


def _stamp(outlook: Outlook) -> str:
    """Another set of matches is another chart, on which the same click counts again."""
    return f"{len(outlook.matches)}.{len(outlook.kept)}.{outlook.flagged}"
