"""The plan against random samples, number by number, in one chart."""

from collections.abc import Sequence
from typing import NamedTuple

import plotly.graph_objects as go
import streamlit as st

from curation.diversity.metrics import Metric
from curation.store.diversity_numbers import Number
from pages._parts.chart_saving import saving
from pages._parts.charts import framed, short

BLUE, GREY = "#0072B2", "#8A8A8A"
PICKED = "export.subset.picked"
"""The name of the number that was clicked."""
TITLE = "The plan and random samples"


class Pair(NamedTuple):
    """One number of the plan and of random samples."""

    metric: type[Metric]
    chosen: Number
    random: Number

    def ends(self, row: Number) -> tuple[float, float, float] | None:
        """Value, low and high as % away from the random value, towards more varied; None where it is not known."""
        base = self.random.value
        if not base or row.value is None or row.low is None or row.high is None:
            return None
        sign = 1 if self.metric.is_more else -1
        value, low, high = (sign * 100 * (end / base - 1) for end in (row.value, row.low, row.high))
        return value, min(low, high), max(low, high)


def draw(pairs: Sequence[Pair]) -> None:
    """A dot with its interval for each number; a click says what the number means."""
    known = [pair for pair in pairs if pair.ends(pair.chosen) and pair.ends(pair.random)]
    if not known:
        st.text("None of the numbers can be told for this plan.")
        return
    figure = go.Figure([_dots(known, is_plan=False), _dots(known, is_plan=True)])
    places = list(range(len(known)))
    figure.update_yaxes(autorange="reversed", tickvals=places, ticktext=[short(one.metric.label()) for one in known])
    figure.update_layout(showlegend=False)
    framed(figure, 110 + 30 * len(known), "more varied than random, %", "number")

    def click() -> None:
        points = st.session_state["export.subset.chart"]["selection"]["points"]
        if points:
            st.session_state[PICKED] = known[int(points[0]["y"])].metric.name

    said = "; ".join(f"{pair.metric.label()} {_signed(pair)} %" for pair in known)
    st.plotly_chart(
        figure, key="export.subset.chart", on_select=click, selection_mode="points",
        config=saving(figure, "export.subset.chart", TITLE, "Click a dot for what the number means."),
        width="stretch", alt=f"Difference of the plan from random samples, towards more varied: {said}",
    )  # fmt: skip
    st.caption("Dots: the plan. Grey bars: as many random samples. Both with 95 % intervals; left is less varied.")
    for pair in known:
        if pair.metric.name == st.session_state.get(PICKED):
            st.text(f"{pair.metric.label()}: {pair.metric.meaning}")


def _signed(pair: Pair) -> str:
    ends = pair.ends(pair.chosen)
    return f"{ends[0]:+.1f}" if ends else ""


def _dots(pairs: Sequence[Pair], *, is_plan: bool) -> go.Scatter:
    found = [pair.ends(pair.chosen if is_plan else pair.random) or (0.0, 0.0, 0.0) for pair in pairs]
    colour = BLUE if is_plan else GREY
    reach = {
        "type": "data", "array": [high - value for value, _, high in found],
        "arrayminus": [value - low for value, low, _ in found], "color": colour, "thickness": 2 if is_plan else 8,
        "width": 5 if is_plan else 0,
    }  # fmt: skip
    return go.Scatter(
        x=[value for value, _, _ in found], y=list(range(len(found))), mode="markers",
        name="the plan" if is_plan else "random samples", customdata=[pair.metric.label() for pair in pairs],
        marker={"size": 10, "color": colour, "symbol": "circle" if is_plan else "line-ns-open"}, error_x=reach,
        hovertext=[f"{short(pair.metric.label())}: {v:+.1f} % ({low:+.1f} to {high:+.1f})"
                   for pair, (v, low, high) in zip(pairs, found, strict=True)], hoverinfo="text",
    )  # fmt: skip
