"""How much of a reference is covered, at any distance, and whether the samples and the reference differ at all."""

import plotly.graph_objects as go
import streamlit as st

from curation.diversity.coverage import share_within
from curation.stages.covering import Curve, curve, sample_distances
from curation.store import Workspace
from curation.store.references import Look, item_distances
from pages._parts.chart_saving import saving
from pages._parts.charts import framed

DISTANCE = "diversity.coverage.distance"
USUAL = 0.4
BLUE, ORANGE, GREY = "#0072B2", "#D55E00", "#55585F"


def show_look(workspace: Workspace, look: Look) -> float:
    """The slider, the numbers at its distance, the curve, the test; gives the distance."""
    distance = st.slider(
        "Distance within which a sample counts as near", 0.0, 1.0, USUAL, 0.01, key=DISTANCE, width=560,
        help="1 less the cosine of the two vectors: 0 the same text, about 0.3 to 0.5 the same kind of task, 1 nothing "
        "in common. It depends on the embedding model: read the lists below and move it until they make sense.",
    )  # fmt: skip
    items, samples = item_distances(workspace, look.name), sample_distances(workspace, look)
    covered, near = share_within(items, [distance])[0], share_within(samples, [distance])[0]
    first, second, third = st.columns(3)
    first.metric(
        f"Covered of {len(items):,} items", f"{covered:.1%}", border=True,
        help="The share of the reference with a sample within the distance.",
    )  # fmt: skip
    second.metric(
        f"Far off, of {len(samples):,} samples", f"{1 - near:.1%}", border=True,
        help="The share of the samples with no item of the reference within the distance: what you have that the "
        "reference knows nothing of.",
    )  # fmt: skip
    third.metric(
        "Energy distance, as a share", f"{look.test.share:.3f}", border=True,
        help="0: both sides are spread alike; 1: they have nothing in common.",
    )  # fmt: skip
    _draw(curve(workspace, look), distance)
    st.caption(_said(look))
    return distance


def _said(look: Look) -> str:
    test = look.test
    if not test.permutations:
        return "There are too few samples to say whether both sides could come from one source."
    differ = test.p <= 0.05
    verdict = (
        "so the two differ by more than chance"
        if differ
        else "so chance alone explains it: no difference in kind is shown"
    )
    return (
        f"Two-sample test: energy distance {test.energy:.4f} between {test.n:,} samples and {test.m:,} items, "
        f"p = {test.p:.3f} from {test.permutations:,} random deals (seed {test.seed}). If both came from one source, "
        f"they would lie at least so far apart in {test.p:.1%} of deals, {verdict}. With many texts even small "
        "differences show: how large it is, the share above says."
    )


def _draw(found: Curve, distance: float) -> None:
    figure = go.Figure(
        [
            go.Scatter(x=found.steps, y=found.covered, name="reference covered", line={"color": BLUE, "width": 3}),
            go.Scatter(
                x=found.steps, y=found.near, name="samples near the reference",
                line={"color": ORANGE, "width": 3, "dash": "dash"},
            ),
        ]
    )  # fmt: skip
    figure.add_vline(x=distance, line={"color": GREY, "dash": "dot"})
    framed(figure, 300, "distance (1 − cosine)", "share")
    figure.update_yaxes(range=[0, 1.02], tickformat=".0%")
    figure.update_layout(legend={"orientation": "h", "y": 1.12}, hovermode="x unified")
    config = saving(figure, "diversity.coverage.curve", "Coverage by distance")
    st.plotly_chart(
        figure, key="diversity.coverage.curve", config=config, width="stretch",
        alt="Two curves that rise with the distance: the share of the reference covered, and of samples near it",
    )  # fmt: skip
