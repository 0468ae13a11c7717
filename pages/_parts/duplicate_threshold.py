"""The threshold for near-duplicates: where it stands and what it keeps."""

from typing import NamedTuple

import numpy as np
import plotly.graph_objects as go
import streamlit as st

from curation.recipe import Duplicates
from curation.stages.comparing import STEP, Comparison, Groups
from pages._parts.chart_saving import saving
from pages._parts.charts import frame
from pages._parts.held import hold


class Way(NamedTuple):
    """What the threshold is about: its name, where it stands at first, and below what samples often only chain."""

    name: str
    usual: float
    low: float
    help: str


WAYS = {
    "meaning": Way("cosine", 0.9, 0.85, "The cosine of the embedded texts: 1 is the same text."),
    "words": Way(
        "ROUGE-L", 0.7, 0.7, "F1 of the longest sequence of words that both share, in order; Self-Instruct drops "
        "instructions above 0.7.",
    ),
    "score": Way(
        "score", 0.5, 0.4, "How likely two samples are duplicates by the labels: at 0.5 as likely as not. It is as "
        "good as the labels that it was fitted to."
    ),
}  # fmt: skip


def threshold_key(wanted: Duplicates) -> str:
    """Where the threshold of one way to compare is kept."""
    return f"duplicates.threshold.{wanted.by}.{wanted.field}"


def choose_threshold(found: Comparison, in_force: float | None) -> float:
    """The slider; gives the threshold."""
    low, way, key = float(found.thresholds[0]), WAYS[found.wanted.by], threshold_key(found.wanted)
    before = st.session_state.get(key, in_force or way.usual)
    hold(key, min(1.0, max(low, before)), low)
    threshold = st.slider(
        f"Samples are the same from a {way.name if found.wanted.by != 'meaning' else 'similarity'} of", low, 1.0,
        step=STEP, format="%.3f", key=key, persist_state="session", help=way.help,
    )  # fmt: skip
    return round(threshold, 3)


def show_counts(found: Comparison, groups: Groups, threshold: float) -> None:
    """Kept, removed, groups, the largest group, and a warning where one threshold chains samples."""
    total, gone = len(groups.middle), len(groups.removed)
    numbers = {
        "Kept": f"{total - gone:,}",
        "Removed": f"{gone:,}",
        "Groups": f"{groups.count:,}",
        "Largest group": f"{groups.largest:,}",
    }
    for column, (name, number) in zip(st.columns(4), numbers.items(), strict=True):
        column.metric(name, number, border=True)
    chain = found.explorer.chained(threshold) if threshold < WAYS[found.wanted.by].low else None
    if chain:
        st.warning(
            f"{chain.members:,} samples hang together only through others: {chain.stars:,} of them stay, because they "
            "are not near each other. Look at the pairs below before you remove at so low a threshold.",
            icon=":material/link:",
        )


def show_curve(found: Comparison, threshold: float) -> None:
    """What every threshold keeps; a click on a point moves the slider there."""
    now = int(np.argmin(np.abs(found.thresholds - threshold)))
    # Built at once, for every step of the slider draws it: what is updated later takes several times as long.
    traces = (
        go.Scatter(
            x=found.thresholds, y=found.curve, mode="lines+markers", marker={"size": 6}, name="kept",
            hovertemplate="%{x:.3f}: %{y:,} kept<extra></extra>",
        ),
        go.Scatter(
            x=[found.thresholds[now]], y=[found.curve[now]], mode="markers", name="now", hoverinfo="skip",
            marker={"size": 14, "symbol": "diamond"},
        ),
    )  # fmt: skip
    layout = frame(260, f"threshold ({WAYS[found.wanted.by].name})", "samples kept")
    figure = go.Figure(traces, layout | {"showlegend": False})
    figure.layout.xaxis.tickformat, figure.layout.yaxis.tickformat = ".2f", ",d"
    name = f"duplicates.curve.{found.wanted.by}.{found.wanted.field}"

    def clicked() -> None:
        points = st.session_state[name]["selection"]["points"]
        if points:
            st.session_state[threshold_key(found.wanted)] = float(points[0]["x"])

    st.plotly_chart(
        figure, key=name, on_select=clicked, selection_mode="points",
        config=saving(figure, "duplicates.curve", "What each threshold keeps"), width="stretch",
        alt=f"Samples kept by threshold; {found.curve[now]:,} at {threshold:.3f}",
    )  # fmt: skip
