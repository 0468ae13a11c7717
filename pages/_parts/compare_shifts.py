"""What shifts between two states of the data: shares of verbs, kinds and lengths as bars to the left and right."""

from collections.abc import Sequence

import plotly.graph_objects as go
import streamlit as st

from curation.facets import Facets
from curation.stages.gaps import narrowed
from curation.stages.snapshots import LENGTHS, SIGNALS, Shift, Sides, shifts
from curation.store import Workspace
from curation.store.labelled import list_labelled
from pages._parts.charts import Words, clickable, framed, short
from pages._parts.facet_bar import LABELS, choose
from pages._parts.titles import title_of

BARS = 12
"""Labels of one chart: those that shift most."""
MORE, LESS, UNCLEAR = "#0072B2", "#D55E00", "#B5B9C1"


def show_shifts(workspace: Workspace, sides: Sides, facets: Facets) -> None:
    """One small chart for each kind of label and length."""
    st.caption(
        "Each bar is the share in B less the share in A, in percentage points, with its 95 % interval, as if "
        "both were independent draws: blue is more in B, orange is less, grey could be chance. Click a bar to narrow "
        "everything down to its label."
    )
    there = set(list_labelled(workspace))
    kinds = [*(signal for signal in SIGNALS if signal in there), *LENGTHS]
    found = {kind: shifts(workspace, kind, sides) for kind in kinds}
    shown = [kind for kind in kinds if len(found[kind]) > 1]
    if not shown:
        st.info("Nothing is measured on the samples of both sides. Measure them on this page, then look again.")
        return
    for at, kind in enumerate(shown):
        if at % 2 == 0:
            places = st.columns(2, gap="large")
        with places[at % 2]:
            _draw(kind, found[kind], sides, facets)


def _draw(kind: str, found: Sequence[Shift], sides: Sides, facets: Facets) -> None:
    rows = found if kind in LENGTHS else found[:BARS]

    def click(at: int) -> None:
        if kind not in LENGTHS:
            choose(narrowed(facets, kind, rows[at].label))

    figure = framed(shifted(rows), 100 + 26 * max(3, len(rows)), "B less A, percentage points", "")
    top = max(rows, key=lambda row: abs(row.difference))
    clickable(
        figure, f"diversity.compare.{kind}.{sides.stamp}", facets, click,
        Words(
            LENGTHS.get(kind, "").capitalize() or LABELS.get(kind) or title_of(kind),
            f"Shifts; the largest: {top.label}, {top.share_first:.1%} to {top.share_second:.1%}",
        ),
    )  # fmt: skip
    if len(found) > len(rows):
        st.caption(f"The {len(rows)} of {len(found):,} that shift most.")


def shifted(rows: Sequence[Shift]) -> go.Figure:
    """Lying bars to both sides of nothing, the first on top, with intervals; what could be chance is grey."""
    places = list(range(len(rows)))
    figure = go.Figure(
        go.Bar(
            x=[100 * row.difference for row in rows], y=places, orientation="h",
            marker={"color": [_colour(row) for row in rows]},
            error_x={
                "type": "data", "symmetric": False, "thickness": 1, "width": 3, "color": "#55585F",
                "array": [100 * (row.high - row.difference) for row in rows],
                "arrayminus": [100 * (row.difference - row.low) for row in rows],
            },
            customdata=[f"{short(row.label, 200)}: {row.share_first:.4f} to {row.share_second:.4f}" for row in rows],
            hovertext=[
                f"{short(row.label, 200)}: {row.share_first:.1%} ({row.first:,}) to {row.share_second:.1%} "
                f"({row.second:,}); difference {100 * row.low:+.1f} to {100 * row.high:+.1f}"
                for row in rows
            ],
            hoverinfo="text",
        )
    )  # fmt: skip
    figure.update_yaxes(autorange="reversed", tickvals=places, ticktext=[short(row.label, 24) for row in rows])
    return figure


def _colour(row: Shift) -> str:
    if not row.is_clear:
        return UNCLEAR
    return MORE if row.difference > 0 else LESS
