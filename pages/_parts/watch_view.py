"""The collapse watch of a run: whether what the model proposes becomes more and more alike."""

import math
from collections.abc import Sequence

import plotly.graph_objects as go
import streamlit as st

from curation.diversity.drift import WARM, Watched
from curation.stages.watching import BATCH, LEAST_HUMAN, MEASURES, Watch, watch_run
from curation.store import Workspace
from curation.store.runs import Run
from pages._parts.chart_saving import saving
from pages._parts.charts import framed
from pages._parts.plain import plain
from pages._parts.watch_words import DO, MEANING, NAMES, WORSE, few_people

BLUE, ORANGE, GREY = "#0072B2", "#D55E00", "#55585F"
HUMAN = "human"


def show_watch(workspace: Workspace, run: Run) -> None:
    """The alarm in words with what to do, then a small chart for each measure."""
    found = watch_run(workspace, run.id)
    if not found.batches:
        return
    st.subheader("Collapse watch")
    _say(found)
    warning = few_people(found.human[-1])
    if warning:
        st.warning(warning, icon=":material/group:")
    st.caption(
        f"Each point is a batch of {BATCH} proposals, kept and dropped alike. After {WARM} batches each is compared "
        "with the earlier ones; the chance of a false alarm in 200 batches is below 5\u00a0%."
    )
    with st.expander("Measures, batch by batch", expanded=bool(found.alarms), key=f"generate.watch.{run.id}"):
        _charts(found, run.id)


def _say(found: Watch) -> None:
    if len(found.batches) <= WARM:
        st.caption(f"{len(found.batches)} batches so far: what is usual for this run is known after {WARM}.")
        return
    if not found.alarms:
        st.success(f"{len(found.batches)} batches, no sign of a collapse.", icon=":material/check:")
        return
    lines = [f"- {_line(found, name, at)}" for name, at in found.alarms.items()]
    what = list(dict.fromkeys(DO[name] for name in found.alarms))
    st.error(
        "**The model repeats itself more and more.**\n\n" + "\n".join(lines) + "\n\n" + " ".join(what),
        icon=":material/notification_important:",
    )


def _line(found: Watch, name: str, at: int) -> str:
    watched = found.watched[name]
    opening = f" (“{plain(found.batches[at].opening)}”)" if name == "opening_share" else ""
    return (
        f"{NAMES[name]}{opening} {WORSE[name]}: {watched.values[at]:.2f} in batch {at + 1}, "
        f"usual for this run is {watched.usual:.2f}"
    )


def _charts(found: Watch, run: str) -> None:
    names = [name for name in MEASURES if not all(math.isnan(value) for value in found.watched[name].values)]
    places = st.columns(2)
    for at, name in enumerate(names):
        with places[at % 2]:
            _chart(_line_of(found.watched[name]), f"generate.watch.{name}.{run}", NAMES[name], MEANING[name])
    if found.human:
        with places[len(names) % 2]:
            figure = _line_of_people(found.human)
            _chart(figure, f"generate.watch.human.{run}", "Written by people", MEANING[HUMAN])


def _chart(figure: go.Figure, key: str, name: str, meaning: str) -> None:
    framed(figure, 190, "batch", "share")
    figure.update_layout(showlegend=False)
    config = saving(figure, key, name, meaning)
    st.plotly_chart(figure, key=key, config=config, width="stretch", alt=f"{name}, batch by batch")


def _line_of(watched: Watched) -> go.Figure:
    batches = list(range(1, len(watched.values) + 1))
    figure = go.Figure(_points(batches, watched.values))
    if not math.isnan(watched.usual):
        figure.add_hline(y=watched.usual, line={"color": GREY, "dash": "dot"})
    if watched.alarm is not None:
        figure.add_trace(
            go.Scatter(
                x=[watched.alarm + 1], y=[watched.values[watched.alarm]], mode="markers", name="alarm",
                marker={"color": ORANGE, "size": 13, "symbol": "x"}, hovertext=["alarm"], hoverinfo="text",
            )
        )  # fmt: skip
    return figure


def _line_of_people(shares: Sequence[float]) -> go.Figure:
    figure = go.Figure(_points(list(range(1, len(shares) + 1)), shares))
    figure.add_hline(y=LEAST_HUMAN, line={"color": ORANGE, "dash": "dash"})
    figure.update_yaxes(range=[0, 1.02])
    return figure


def _points(batches: Sequence[int], values: Sequence[float]) -> go.Scatter:
    shown = [None if math.isnan(value) else value for value in values]
    return go.Scatter(
        x=list(batches), y=shown, mode="lines+markers", name="share", line={"color": BLUE, "width": 2},
        hovertemplate="batch %{x}: %{y:.3f}<extra></extra>",
    )  # fmt: skip
