"""One of the numbers by origin and from run to run."""

from collections.abc import Sequence

import streamlit as st

from curation.diversity.metrics import METRICS, Metric
from curation.facets import Facets
from curation.store.diversity_numbers import Number
from pages._parts.charts import Words, clickable
from pages._parts.diversity_figures import Point, intervals, over_time
from pages._parts.facet_bar import choose
from pages._parts.titles import run_title

TITLES = {"origin": "By origin", "run": "From run to run"}


def show_groups(rows: Sequence[Number], facets: Facets) -> None:
    """Let the reader choose a number, and show it for every origin and run that has enough samples."""
    name = st.selectbox(
        "Number to compare", list(METRICS), format_func=lambda one: METRICS[one].label(), key="diversity.number"
    )
    metric = METRICS[name]
    st.text(metric.meaning)
    left, right = st.columns(2, gap="large")
    with left:
        points = [_point(row, row.name) for row in rows if row.kind == "origin" and row.metric == name]
        _show("origin", [point for point in points if point], metric, facets)
    with right:
        points = [_point(row, _run(row.name)) for row in rows if row.kind == "run" and row.metric == name]
        _show("run", [point for point in points if point], metric, facets)


def _show(kind: str, points: Sequence[Point], metric: type[Metric], facets: Facets) -> None:
    if not points:
        st.markdown(f"#### {TITLES[kind]}")
        st.caption(f"No {kind} has enough samples for this number.")
        return
    axis = f"{metric.label()}, {metric.unit}" if metric.unit else metric.label()
    draw = intervals if kind == "origin" else over_time
    said = "; ".join(f"{point.name} {point.value:,.{metric.digits}f}" for point in points)

    def click(at: int) -> None:
        choose(facets.toggled(f"{kind}s", points[at].key))

    words = Words(TITLES[kind], f"{axis} by {kind}: {said}")
    clickable(draw(points, axis, kind), f"diversity.by_{kind}", facets, click, words)


def _point(row: Number, name: str) -> Point | None:
    if row.value is None or row.low is None or row.high is None:
        return None
    return Point(row.name, name, row.value, row.low, row.high)


def _run(run: str) -> str:
    """A run as the sidebar names it."""
    kind, _, rest = run.partition("-")
    return f"{run_title(kind)} {rest[:6]}"
