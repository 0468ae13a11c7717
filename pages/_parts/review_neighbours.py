"""The samples most like the one on screen."""

import streamlit as st

from curation.sample import Sample
from curation.stages.finding import nearest_to
from curation.store import Workspace
from curation.store.pairs import latest_space
from curation.store.samples import read_samples
from pages._parts.card import show_text
from pages._parts.cells import SIMILARITY, visible_rows
from pages._parts.practice_mark import mark_practice
from pages._parts.review_pair import ALIKE
from pages._parts.word_diff import share_alike, show_diff

ROWS = 4
"""Rows in sight at once; the others are scrolled to."""
PARTS = {"Instruction": "instruction", "Input": "input", "Answer": "output"}


def show_neighbours(workspace: Workspace, number: int) -> None:
    """The nearest ones with their similarity; the one that is ticked is shown with what differs."""
    near = nearest_to(workspace, number)
    if not near:
        st.caption(
            "No other sample is like this one." if latest_space(workspace)
            else "Embed the samples on the Map page to see here which others are like this one."
        )  # fmt: skip
        return
    this, *samples = read_samples(workspace, [number, *(other for other, _ in near)])
    rows = [
        {"similarity": similarity, "instruction": sample.instruction, "input": sample.input,
         "answer": sample.output, "no.": other}
        for (other, similarity), sample in zip(near, samples, strict=True)
    ]  # fmt: skip
    st.caption("Most like this one (tick a row to see what differs)")
    ticked = st.dataframe(
        visible_rows(rows), key=f"review.near.{number}", hide_index=True, width="stretch",
        height=38 + 35 * min(len(rows), ROWS), on_select="rerun", selection_mode="single-row",
        column_config={"similarity": SIMILARITY},
    )["selection"]["rows"]  # fmt: skip
    if ticked:
        mark_practice(workspace, near[ticked[0]][0])
        _show_difference(this, samples[ticked[0]])


def _show_difference(this: Sample, other: Sample) -> None:
    """What differs word by word, part by part; the other one alone where hardly anything is the same."""
    if share_alike(f"{this.prompt} {this.output}", f"{other.prompt} {other.output}") < ALIKE:
        show_text(other)
        return
    for title, name in PARTS.items():
        left, right = (str(getattr(sample, name)) for sample in (this, other))
        if left == right:
            st.caption(f"{title}: the same" if left else f"{title}: none in both")
        else:
            st.caption(f"{title}: this one on the left, the other on the right")
            show_diff(left, right)
