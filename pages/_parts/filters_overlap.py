"""How far rules remove the same samples."""

import numpy as np
import plotly.graph_objects as go
import streamlit as st

from curation.recipe import Outs
from curation.store import Workspace
from pages._parts.chart_saving import saving
from pages._parts.charts import framed, short
from pages._parts.filters_samples import show_list
from pages._parts.titles import title_of

PAIR = "filters.overlap.pair"
CHART = "filters.overlap"
BLUES = [[0, "#deebf7"], [1, "#08519c"]]


def show_overlap(workspace: Workspace, found: Outs) -> None:
    """A square for each two rules; a click lists the samples that both remove."""
    if len(found.signals) < 2:
        st.caption("Overlap is about two rules or more; the draft has fewer.")
        return
    both = found.overlap()
    cells = [(i, j) for i in range(len(both)) for j in range(i + 1)]

    def look() -> None:
        picked = st.session_state[CHART]["selection"]["points"]
        if picked:
            row, place = cells[int(picked[0].get("point_number", picked[0].get("point_index", 0)))]
            st.session_state[PAIR] = (found.signals[row], found.signals[place])

    figure = _drawn(found, both, cells)
    st.plotly_chart(
        figure,
        key=CHART,
        on_select=look,
        selection_mode="points",
        config=saving(figure, CHART, "Samples that two rules remove"),
        width="stretch",
        alt="Matrix of rules: for each two, how many samples both remove",
    )
    st.caption(
        "In each square the samples that both rules remove, on the diagonal those that one removes; the darker, the "
        "larger the part of the smaller rule that the other removes as well. Click a square to list its samples."
    )
    first, second = st.session_state.get(PAIR, ("", ""))
    if first in found.signals and second in found.signals:
        _list(workspace, found, first, second)


def _list(workspace: Workspace, found: Outs, first: str, second: str) -> None:
    names = f"“{title_of(first)}”" if first == second else f"both “{title_of(first)}” and “{title_of(second)}”"
    numbers = np.flatnonzero(found.removed_by(first, second))
    show_list(workspace, numbers, "filters.overlap.list", f"removed by {names}")


def _drawn(
    found: Outs, both: np.ndarray[tuple[int, ...], np.dtype[np.int64]], cells: list[tuple[int, int]]
) -> go.Figure:
    names = [short(title_of(signal)) for signal in found.signals]
    numbers = [int(both[i, j]) for i, j in cells]
    shares = [int(both[i, j]) / max(1, int(min(both[i, i], both[j, j]))) for i, j in cells]
    figure = go.Figure(
        go.Scatter(
            x=[j for _, j in cells],
            y=[i for i, _ in cells],
            mode="markers+text",
            text=[f"{n:,}" for n in numbers],
            textfont={"color": ["#ffffff" if share > 0.5 else "#1b1b1b" for share in shares]},
            hovertext=[
                f"{names[i]} and {names[j]}: {n:,}, {share:.0%} of the smaller" if i != j else f"{names[i]}: {n:,}"
                for (i, j), n, share in zip(cells, numbers, shares, strict=True)
            ],
            hoverinfo="text",
            marker={"symbol": "square", "size": 38, "color": shares, "cmin": 0, "cmax": 1, "colorscale": BLUES},
            unselected={"marker": {"opacity": 1}},
        )
    )
    places = list(range(len(names)))
    figure.update_xaxes(tickvals=places, ticktext=names, tickangle=-35, range=[-0.6, len(names) - 0.4], zeroline=False)
    figure.update_yaxes(tickvals=places, ticktext=names, range=[len(names) - 0.4, -0.6], zeroline=False)
    return framed(figure, 200 + 44 * len(names), "rule", "rule")
