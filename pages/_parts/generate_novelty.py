"""How new what a run made is: two numbers and a histogram."""

import plotly.graph_objects as go
import streamlit as st

from curation.errors import CurationError
from curation.stages.novelty import BARS, Novelty, is_quick, measure_novelty
from curation.store import Workspace
from curation.store.candidates import count_kept
from curation.store.runs import Run
from pages._parts.chart_saving import saving
from pages._parts.charts import framed
from pages._parts.plain import plain

KEPT = "generate.novelty"
"""The novelty measured last, with the run and the number of its samples."""
BLUE = "#0072B2"


def show_novelty(workspace: Workspace, run: Run) -> None:
    """Measure it, at once where that is quick, and show it."""
    try:
        found = _measured(workspace, run)
    except CurationError as error:
        st.caption(plain(str(error)))
        return
    if found is not None:
        _show(found)


def _measured(workspace: Workspace, run: Run) -> Novelty | None:
    """What was measured; None while it is too early, or the reader has not asked for it."""
    samples = count_kept(workspace, run.id)[1]
    place = (run.id, samples)
    kept: tuple[tuple[str, int], Novelty] | None = st.session_state.get(KEPT)
    if kept and kept[0] == place:
        return kept[1]
    if run.is_running or not samples:
        return None
    if not is_quick(workspace, run.id) and not st.button(
        "Measure how new it is", key=f"generate.novelty.{run.id}", icon=":material/fiber_new:"
    ):
        return None
    with st.spinner("Comparing with the seeds …"):
        found = measure_novelty(workspace, run.id)
    st.session_state[KEPT] = (place, found)
    return found


def _show(found: Novelty) -> None:
    st.subheader("How new it is")
    if not found.seeds:
        st.caption("This run started from no samples, so there is nothing to compare it with.")
        return
    numbers, chart = st.columns([1, 3], vertical_alignment="center")
    share = f"{found.share_new:.0%}" if found.pairs else "–"
    numbers.metric(
        "New verb–object pairs", share,
        help=f"Of {found.pairs:,} different pairs such as “write poem”, {found.new_pairs:,} are in no seed.",
    )  # fmt: skip
    numbers.metric(
        "Nearest seed, median", f"{found.median:.2f}",
        help="Similarity (ROUGE-L) of each instruction with the most similar seed: 0 no common word, 1 the same words.",
    )  # fmt: skip
    with chart:
        _histogram(found)
    looked = f"{found.instructions:,} of " if found.instructions < found.of else ""
    st.caption(f"{looked}{found.of:,} different instructions compared with {found.seeds:,} seed instructions.")


def _histogram(found: Novelty) -> None:
    width = 1 / BARS
    left = [bar * width for bar in range(BARS)]
    hover = [f"{low:.2f} to {low + width:.2f}: {count:,}" for low, count in zip(left, found.bars, strict=True)]
    bar = go.Bar(
        x=[low + width / 2 for low in left], y=found.bars, width=width * 0.94, marker={"color": BLUE},
        hovertext=hover, hoverinfo="text",
    )  # fmt: skip
    figure = framed(go.Figure(bar), 240, "ROUGE-L with the nearest seed", "instructions")
    figure.update_xaxes(range=[0, 1])
    st.plotly_chart(
        figure, key="generate.novelty.bars", width="stretch",
        config=saving(figure, "generate.novelty.bars", "Similarity with the nearest seed"),
        alt="Bars of how similar the instructions are to their nearest seed",
    )  # fmt: skip
