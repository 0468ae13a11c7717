"""The samples most like the one on screen, from the pairs that are stored."""

import streamlit as st

from curation.store import Workspace
from curation.store.pairs import latest_space, neighbours_of
from curation.store.samples import read_samples
from pages._parts.card import show_text
from pages._parts.cells import SIMILARITY, visible_rows
from pages._parts.practice_mark import mark_practice


def show_neighbours(workspace: Workspace, number: int) -> None:
    """The nearest ones with their similarity; the one that is ticked is shown in full."""
    space = latest_space(workspace)
    if space is None:
        st.caption("Embed the samples on the Map page to see here which others are like this one.")
        return
    near = neighbours_of(workspace, space.id, number)
    if not near:
        st.caption(f"No other sample is like this one (similarity {space.floor:.2f} or more).")
        return
    samples = read_samples(workspace, [other for other, _ in near])
    rows = [
        {"similarity": similarity, "instruction": sample.instruction, "input": sample.input,
         "answer": sample.output, "no.": other}
        for (other, similarity), sample in zip(near, samples, strict=True)
    ]  # fmt: skip
    st.caption("Most like this one (tick a row to read it)")
    ticked = st.dataframe(
        visible_rows(rows), key=f"review.near.{number}", hide_index=True, width="stretch",
        height=38 + 35 * min(len(rows), 5), on_select="rerun", selection_mode="single-row",
        column_config={"similarity": SIMILARITY},
    )["selection"]["rows"]  # fmt: skip
    if ticked:
        mark_practice(workspace, near[ticked[0]][0])
        show_text(samples[ticked[0]])
