"""Generations of data side by side: what people wrote, what models made of that, and what they made of theirs."""

import math

import numpy as np
import plotly.graph_objects as go
import streamlit as st
from numpy.typing import NDArray

from curation.facets import Facets
from curation.stages.generations import Generation, Spread, read_generations
from curation.stages.watching import BATCH, MEASURES, human_share
from curation.store import Workspace
from pages._parts.chart_saving import saving
from pages._parts.charts import framed
from pages._parts.watch_words import MEANING, NAMES, few_people

BLUE, GREY = "#0072B2", "#55585F"


def show_generations(workspace: Workspace, _facets: Facets, _matching: NDArray[np.int32]) -> None:
    """The share of people's data, what is worse than in the first generation, and a chart for each measure."""
    with st.spinner("Reading a draw of each generation …"):
        found = read_generations(workspace)
    _people(human_share(workspace))
    if len(found) < 2:
        st.info(
            "All samples are of one generation, so there is nothing to compare. When a model makes samples from "
            "others, you will see here whether they become more and more alike."
        )
        st.page_link("pages/generate.py", label="Generate some", icon=":material/auto_awesome:")
        return
    small = [one.depth for one in found if one.batches < 2]
    worse = _worse(found)
    if worse:
        lines = "\n".join(f"- {line}" for line in worse)
        st.warning(f"**Worse than before models wrote**\n\n{lines}", icon=":material/trending_down:")
    places = st.columns(2, gap="large")
    for at, name in enumerate(name for name in MEASURES if _known(found, name)):
        with places[at % 2]:
            _draw(found, name)
    counts = ", ".join(f"{one.depth}: {one.samples:,}" for one in found)
    few = f" Too few samples of generation {', '.join(map(str, small))} for an interval." if small else ""
    st.caption(
        "Generation 0 are samples with no model named in their origin, 1 is what a model wrote from that or from "
        f"nothing, 2 what it wrote from those, and so on. Samples by generation: {counts}. Each point is the mean of "
        f"batches of {BATCH} samples drawn with a fixed seed, with its 95 % interval.{few}"
    )


def _people(share: float) -> None:
    warning = few_people(share)
    if warning:
        st.warning(warning, icon=":material/group:")
    elif not math.isnan(share):
        st.caption(f"{share:.1%} of the samples count as written by people: no model is named in their origin.")


def _worse(found: list[Generation]) -> list[str]:
    """What is worse in a later generation than in the first one, where the intervals lie apart."""
    lines = []
    for name, how in MEASURES.items():
        known = [one for one in found if not math.isnan(one.measures[name].low)]
        for one in known[1:]:
            first, own = known[0].measures[name], one.measures[name]
            if own.high < first.low if how.bad == "low" else own.low > first.high:
                lines.append(
                    f"{NAMES[name]}: {own.mean:.2f} in generation {one.depth}, {first.mean:.2f} in generation "
                    f"{known[0].depth}"
                )
    return lines


def _known(found: list[Generation], name: str) -> bool:
    return any(not math.isnan(one.measures[name].mean) for one in found)


def _draw(found: list[Generation], name: str) -> None:
    points: list[tuple[int, Spread]] = [
        (one.depth, one.measures[name]) for one in found if not math.isnan(one.measures[name].mean)
    ]
    high = [0.0 if math.isnan(one.high) else one.high - one.mean for _, one in points]
    figure = go.Figure(
        go.Scatter(
            x=[depth for depth, _ in points], y=[one.mean for _, one in points], mode="lines+markers", name=NAMES[name],
            line={"color": BLUE, "width": 2}, error_y={"type": "data", "array": high, "color": GREY},
            hovertemplate="generation %{x}: %{y:.3f}<extra></extra>",
        )
    )  # fmt: skip
    framed(figure, 230, "generation", "share")
    figure.update_xaxes(tickvals=[depth for depth, _ in points])
    config = saving(figure, f"diversity.generations.{name}", NAMES[name], MEANING[name])
    st.plotly_chart(
        figure, key=f"diversity.generations.{name}", config=config, width="stretch", alt=f"{NAMES[name]} by generation"
    )
