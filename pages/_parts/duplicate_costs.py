"""What the labels say: duplicates by similarity, what a threshold costs, and the one that they propose."""

import plotly.graph_objects as go
import streamlit as st

from curation.duplicates import NAMES, OURS, Scorer
from curation.stages.calibrating import Calibration, calibration
from curation.stages.comparing import Comparison
from pages._parts.cells import visible_rows
from pages._parts.chart_saving import saving
from pages._parts.charts import framed
from pages._parts.duplicate_threshold import WAYS, threshold_key


def show_costs(found: Comparison, threshold: float) -> None:
    """Duplicates by similarity, precision against recall, and the proposed threshold."""
    said = calibration(found)
    labels = len(said.similarity)
    if not labels:
        st.caption("No pair is labelled yet.")
        return
    st.caption(f"{labels:,} labelled: {int(said.duplicate.sum()):,} duplicates, {int((~said.duplicate).sum()):,} not.")
    left, right = st.columns(2, gap="large")
    with left:
        _draw_bands(found, said)
    with right:
        _draw_curve(said, threshold)
    _propose(found, said, threshold)


def _draw_bands(found: Comparison, said: Calibration) -> None:
    known = [band for band in said.bands if band.labels]
    share = [band.duplicates / band.labels for band in known]
    above = [band.most - each for band, each in zip(known, share, strict=True)]
    below = [each - band.least for band, each in zip(known, share, strict=True)]
    figure = go.Figure(
        go.Scatter(
            x=[f"{band.low:.2f}–{band.high:.2f}" for band in known], y=share, mode="markers", marker={"size": 9},
            error_y={"type": "data", "symmetric": False, "array": above, "arrayminus": below},
            text=[f"{band.duplicates} of {band.labels}, {band.least:.0%} to {band.most:.0%}" for band in known],
            hovertemplate="%{x}: %{text}<extra></extra>",
        )
    )  # fmt: skip
    figure.update_layout(yaxis={"tickformat": ".0%", "range": [-0.03, 1.03]}, xaxis={"type": "category"})
    framed(figure, 320, WAYS[found.wanted.by].name, "duplicates, 95 % interval")
    st.plotly_chart(
        figure, key="duplicates.bands", config=saving(figure, "duplicates.bands", "Duplicates by similarity"),
        width="stretch", alt="Share of duplicates by similarity",
    )  # fmt: skip


def _draw_curve(said: Calibration, threshold: float) -> None:
    """Precision against recall over all thresholds, the proposed one with its interval, and the one chosen now."""
    proposal, now = said.proposal, said.at(threshold)
    if proposal is None or now is None:
        wanted = f"{said.missing} more labels" if said.missing else "labels of both kinds"
        st.info(f"What a threshold costs can be told after {wanted}.")
        return
    inside = [point for point in proposal.curve if proposal.low <= point.threshold <= proposal.high]
    figure = go.Figure()
    for name, points, style in (
        ("every threshold", proposal.curve, {"mode": "lines", "line": {"shape": "hv"}}),
        ("95 % interval", inside, {"mode": "lines", "line": {"width": 6, "shape": "hv"}, "opacity": 0.5}),
        ("proposed", [proposal.best], {"mode": "markers", "marker": {"size": 13, "symbol": "diamond"}}),
        (
            "chosen now",
            [now],
            {"mode": "markers", "marker": {"size": 11, "symbol": "circle-open", "line": {"width": 3}}},
        ),
    ):
        figure.add_trace(
            go.Scatter(
                x=[point.recall for point in points], y=[point.precision for point in points], name=name,
                customdata=[[point.threshold, point.f1] for point in points], **style,
                hovertemplate="from %{customdata[0]:.3f}: precision %{y:.0%}, recall %{x:.0%}, F1 %{customdata[1]:.2f}",
            )
        )  # fmt: skip
    axis = {"tickformat": ".0%", "range": [-0.03, 1.05]}
    figure.update_layout(xaxis=axis, yaxis=axis, legend={"x": 0.01, "y": 0.01, "yanchor": "bottom"})
    framed(figure, 320, "recall", "precision")
    st.plotly_chart(
        figure, key="duplicates.precision", config=saving(figure, "duplicates.precision", "What a threshold costs"),
        width="stretch",
        alt=f"Precision against recall; at the proposed {proposal.best.threshold:.3f} they are "
        f"{proposal.best.precision:.0%} and {proposal.best.recall:.0%}",
    )  # fmt: skip


def _propose(found: Comparison, said: Calibration, threshold: float) -> None:
    proposal = said.proposal
    if proposal is None:
        return
    best = min(max(round(proposal.best.threshold, 3), float(found.thresholds[0])), 1.0)
    rows = []
    for name, at in (("proposed", best), ("chosen now", threshold)):
        cost = said.at(at)
        if cost:
            rows.append({"": name, "threshold": f"{at:.3f}", "precision": f"{cost.precision:.0%}",
                         "recall": f"{cost.recall:.0%}", "kept": f"{found.kept_share(at):.1%}"})  # fmt: skip
    st.dataframe(visible_rows(rows), hide_index=True, width="stretch", key="duplicates.costs")
    measure = WAYS[found.wanted.by].name
    st.caption(
        f"Best F1 expected by the labels, {proposal.best.f1:.2f}; labels drawn again put it between {proposal.low:.3f} "
        f"and {proposal.high:.3f}. By {measure} alone, whatever else keeps pairs apart; recall is among pairs from "
        f"{found.alike.floor:.2f} upwards."
        + (" The score was fitted to the same labels, so it flatters." if measure == "score" else "")
    )
    st.button(
        f"Use {best:.3f}", key="duplicates.use", on_click=_use, args=(threshold_key(found.wanted), best),
        icon=":material/check:",
    )  # fmt: skip
    if found.scorer:
        _show_scorer(found.scorer)


def _show_scorer(scorer: Scorer) -> None:
    with st.expander("What the calibrated score is made of"):
        made = zip(NAMES, scorer.coefficients, strict=True)
        whose = "Ours: fitted to 116 English pairs." if scorer == OURS else "Fitted to your labels."
        st.caption(f"{whose} Each number is what one standard deviation adds to the log odds of being duplicates.")
        st.dataframe(
            visible_rows([{"what": name, "log odds per standard deviation": round(each, 2)} for name, each in made]),
            hide_index=True, width="stretch", key="duplicates.score",
        )  # fmt: skip


def _use(key: str, threshold: float) -> None:
    st.session_state[key] = threshold
