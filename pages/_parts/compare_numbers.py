"""How varied two states of the data are, number by number."""

import streamlit as st

from curation import runs
from curation.diversity.metrics import METRICS, Metric
from curation.stages.comparing_numbers import FEWEST, KIND, numbers_of_sides, sides_job
from curation.stages.snapshots import Sides
from curation.store import Workspace
from curation.store.diversity_numbers import Number
from pages._parts.cells import visible_rows
from pages._parts.number_words import in_words, titled, verdict
from pages._parts.plain import plain
from pages._parts.progress import start


def show_sides_numbers(workspace: Workspace, sides: Sides) -> None:
    """The numbers of both sides and what they say about each other, or the button that computes them."""
    if min(len(sides.first), len(sides.second)) < FEWEST:
        st.info(f"Numbers for how varied samples are need {FEWEST} samples and more on each side.")
        return
    rows = numbers_of_sides(workspace, sides)
    if not rows:
        st.info("Not computed for these two yet. It takes some seconds, in the background.")
        st.button(
            "Compute", key="diversity.compare.compute", type="primary", disabled=bool(runs.running(workspace, KIND)),
            on_click=lambda: start(workspace, sides_job(workspace, sides)),
        )  # fmt: skip
        return
    by = {(row.kind, row.metric): row for row in rows}
    table = [_row(METRICS[name], by["first", name], by["second", name]) for name in METRICS if ("first", name) in by]
    st.dataframe(visible_rows(table), hide_index=True, width="stretch", height="content", key="diversity.compare.table")
    drawn = next((row for row in rows if row.size), rows[0])
    model = next((row.model for row in rows if row.model), "")
    seen = f" Embedding model: {plain(model)}." if model else ""
    st.caption(
        f"Mean of {drawn.draws} draws of {drawn.size:,} samples from each side (seed {drawn.seed}), so that sides of "
        f"different sizes can be compared, with 95 % intervals. No number stands for all.{seen}"
    )


def _row(metric: type[Metric], first: Number, second: Number) -> dict[str, object]:
    return {
        "number": titled(metric),
        "A": in_words(metric, first),
        "B": in_words(metric, second),
        "B is": verdict(metric, first, second),
        "what it means": metric.meaning,
        "samples, A": first.samples,
        "samples, B": second.samples,
    }
