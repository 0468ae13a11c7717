"""What comes of a mixture: wanted, available and got, and what limits it."""

from collections.abc import Sequence

import plotly.graph_objects as go
import streamlit as st

from curation.mixture import Quota
from curation.recipe import Mixture
from curation.stages.mixed_words import of_mixture
from curation.stages.mixing import Mixed
from pages._parts.cells import less_empty, visible_rows
from pages._parts.chart_saving import saving
from pages._parts.charts import framed, short
from pages._parts.plain import plain

BARS = 12
COLOURS = {"available": "#B5B9C1", "wanted": "#E69F00", "got": "#0072B2"}
COLUMNS = dict.fromkeys(["got", "wanted", "available"], st.column_config.NumberColumn(format="localized", width=64)) | {
    "label": st.column_config.TextColumn(width=130),
    "why": st.column_config.TextColumn(width=200),
}


def show_mixed(found: Mixed, inside: int, mixture: Mixture) -> None:
    """Sentences, and where samples are told apart a table and bars."""
    total, *rest = of_mixture(found, inside)
    st.markdown(f"**{total}**")
    for sentence in rest:
        st.warning(plain(sentence), icon=":material/balance:")
    if not mixture.by:
        return
    rows = [
        {"label": one.label or "(no label)", "got": one.got, "wanted": one.wanted, "available": one.available,
         "why": one.reason}
        for one in found.quotas
    ]  # fmt: skip
    st.dataframe(
        visible_rows(less_empty(rows)), hide_index=True, width="stretch", height=min(38 + 35 * len(rows), 318),
        column_config=COLUMNS,
    )  # fmt: skip
    figure = bars(sorted(found.quotas, key=lambda one: -max(one.wanted, one.got))[:BARS])
    st.plotly_chart(
        figure, key="export.mixture.bars", width="stretch",
        config=saving(figure, "export.mixture.bars", "By label", None),
        alt=f"Bars of what is wanted, available and got; {total}",
    )  # fmt: skip
    if len(found.quotas) > BARS:
        st.caption(f"The {BARS} of {len(found.quotas):,} labels of which most are wanted.")


def bars(shown: Sequence[Quota]) -> go.Figure:
    """For each label three bars side by side."""
    places = list(range(len(shown)))
    traces = {
        "available": [one.available for one in shown],
        "wanted": [one.wanted for one in shown],
        "got": [one.got for one in shown],
    }
    figure = go.Figure(
        [
            go.Bar(
                name=name, x=numbers, y=places, orientation="h", marker={"color": COLOURS[name]},
                hovertext=[f"{short(one.label, 200)}: {n:,} {name}" for one, n in zip(shown, numbers, strict=True)],
                hoverinfo="text",
            )
            for name, numbers in traces.items()
        ]
    )  # fmt: skip
    figure.update_layout(
        barmode="group", legend={"orientation": "h", "y": 1, "yanchor": "bottom", "traceorder": "normal"}
    )
    figure.update_yaxes(
        autorange="reversed", tickvals=places, ticktext=[short(one.label, 24) or "(no label)" for one in shown]
    )
    figure = framed(figure, 110 + 44 * max(2, len(shown)), "samples", "")
    figure.update_layout(margin={"t": 60})
    return figure
