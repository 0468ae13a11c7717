"""Whether the plan is more varied than as many samples drawn at random."""

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from curation import runs
from curation.diversity.metrics import METRICS
from curation.stages.diversity_numbers import Field
from curation.stages.subset import CHOSEN, FEWEST, KIND, RANDOM, subset_job, subset_numbers
from curation.store import Workspace
from curation.store.diversity_numbers import Number
from pages._parts.cells import WHOLE, visible_rows
from pages._parts.diversity_numbers import TEXTS
from pages._parts.export_subset_chart import Pair, draw
from pages._parts.number_words import in_words, titled, verdict
from pages._parts.plain import plain
from pages._parts.progress import start

Numbers = NDArray[np.int32]


def show_subset(workspace: Workspace, numbers: Numbers, inside: Numbers) -> None:
    """The numbers of the plan and of random samples, or the button that computes them.

    Args:
        workspace: where they are.
        numbers: of the samples of the plan, each once.
        inside: of the samples that it was chosen from.
    """
    with st.expander("The plan against random samples", icon=":material/casino:", key="export.subset"):
        if len(numbers) == len(inside):
            st.text("The plan takes all that is in. Choose a part of it, and here is whether that is more varied than "
                    "as many samples drawn at random.")  # fmt: skip
            return
        if len(numbers) < FEWEST:
            st.text(f"Numbers for how varied samples are need {FEWEST} samples and more.")
            return
        words = st.segmented_control("Of", list(TEXTS), default="Instructions", required=True, key="export.subset.text")
        field = TEXTS[words or "Instructions"]
        rows = subset_numbers(workspace, field, numbers, inside)
        if rows:
            _show(rows, len(inside))
        else:
            _offer(workspace, field, numbers, inside)


def _offer(workspace: Workspace, field: Field, numbers: Numbers, inside: Numbers) -> None:
    st.text("Not computed for this plan yet. With many samples it takes a minute or two, in the background.")
    st.button(
        "Compute", key="export.subset.compute", disabled=bool(runs.running(workspace, KIND)),
        on_click=lambda: start(workspace, subset_job(workspace, field, numbers, inside)),
    )  # fmt: skip


def _show(rows: tuple[Number, ...], inside: int) -> None:
    by = {(row.kind, row.metric): row for row in rows}
    pairs = [Pair(METRICS[name], by[CHOSEN, name], by[RANDOM, name]) for name in METRICS if (CHOSEN, name) in by]
    draw(pairs)
    table = [_row(pair) for pair in pairs]
    st.dataframe(
        visible_rows(table), hide_index=True, width="stretch", height="content", key="export.subset.table",
        column_config={"samples": WHOLE},
    )  # fmt: skip
    drawn = next((row for row in rows if row.size), rows[0])
    model = next((row.model for row in rows if row.model), "")
    seen = f" Embedding model: {plain(model)}." if model else ""
    st.caption(
        f"Mean of {drawn.draws} draws of {drawn.size:,} samples, from the plan and from all {inside:,} that are in "
        f"(seed {drawn.seed}), with 95 % intervals for as many samples as the plan has. No number stands for all.{seen}"
    )


def _row(pair: Pair) -> dict[str, object]:
    metric, chosen, random = pair
    return {
        "number": titled(metric),
        "the plan is": verdict(metric, random, chosen),
        "plan": in_words(metric, chosen),
        "random": in_words(metric, random),
        "samples": chosen.samples,
    }
