"""The threshold for near-duplicates: where it stands and what it keeps."""

import numpy as np
import plotly.graph_objects as go
import streamlit as st

from curation.duplicates import FEATURES, Feature
from curation.stages.comparing import STEP, Comparison, Groups
from pages._parts.charts import CONFIG, framed

THRESHOLD = "duplicates.threshold"
UNLESS = "duplicates.unless"
USUAL = 0.9
LOW = 0.85
"""Below this, samples often hang together only through others."""


def choose_threshold(found: Comparison, in_force: float | None) -> float:
    """The slider, and the curve that can be clicked; gives the threshold."""
    low = float(found.thresholds[0])
    before = st.session_state.get(THRESHOLD, in_force or USUAL)
    st.session_state[THRESHOLD] = min(1.0, max(low, before))
    threshold = st.slider(
        "Samples are the same from a similarity of", low, 1.0, step=STEP, format="%.3f", key=THRESHOLD,
        persist_state="session", help="The cosine of the embedded texts: 1 is the same text.",
    )  # fmt: skip
    threshold = round(threshold, 3)
    _draw(found, threshold)
    return threshold


def choose_unless(in_force: tuple[Feature, ...]) -> tuple[Feature, ...]:
    """Which features keep samples apart where they differ, in the order of `FEATURES`."""
    st.session_state.setdefault(UNLESS, list(in_force))
    chosen = st.multiselect(
        "Never the same where these differ", FEATURES, key=UNLESS, persist_state="session", placeholder="nothing",
        help="Found by plain rules in the compared texts. Pairs that you labelled as duplicates stay duplicates.",
    )  # fmt: skip
    return tuple(feature for feature in FEATURES if feature in chosen)


def show_counts(found: Comparison, groups: Groups, threshold: float) -> None:
    """Kept, removed, groups, the largest group, and a warning where one threshold chains samples."""
    listed = groups.listed
    total, gone = len(groups.middle), len(groups.removed)
    numbers = {
        "Kept": f"{total - gone:,}",
        "Removed": f"{gone:,}",
        "Groups": f"{len(listed):,}",
        "Largest group": f"{listed[0].size if listed else 0:,}",
    }
    for column, (name, number) in zip(st.columns(4), numbers.items(), strict=True):
        column.metric(name, number, border=True)
    chain = found.explorer.chained(threshold) if threshold < LOW else None
    if chain:
        st.warning(
            f"{chain.members:,} samples hang together only through others: {chain.stars:,} of them stay, because they "
            "are not near each other. Look at the pairs below before you remove at so low a threshold.",
            icon=":material/link:",
        )


def _draw(found: Comparison, threshold: float) -> None:
    now = int(np.argmin(np.abs(found.thresholds - threshold)))
    figure = go.Figure(
        go.Scatter(
            x=found.thresholds, y=found.curve, mode="lines+markers", marker={"size": 6}, name="kept",
            hovertemplate="%{x:.3f}: %{y:,} kept<extra></extra>",
        )
    )  # fmt: skip
    figure.add_trace(
        go.Scatter(
            x=[found.thresholds[now]], y=[found.curve[now]], mode="markers", name="now", hoverinfo="skip",
            marker={"size": 14, "symbol": "diamond"},
        )
    )  # fmt: skip
    figure.update_layout(showlegend=False, xaxis={"tickformat": ".2f"}, yaxis={"tickformat": ",d"})
    framed(figure, 260, "similarity threshold (cosine)", "samples kept")
    name = f"duplicates.curve.{now}"

    def clicked() -> None:
        points = st.session_state[name]["selection"]["points"]
        if points:
            st.session_state[THRESHOLD] = float(points[0]["x"])

    st.plotly_chart(
        figure, key=name, on_select=clicked, selection_mode="points", config=dict(CONFIG), width="stretch",
        alt=f"Samples kept by threshold; {found.curve[now]:,} at {threshold:.3f}",
    )  # fmt: skip
