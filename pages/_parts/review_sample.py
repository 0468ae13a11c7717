"""The sample on screen and what stands beside it."""

from collections.abc import Sequence

import streamlit as st

from curation.sample import Sample
from curation.store import Workspace
from curation.store.decisions import Said
from pages._parts.card import show_drops, show_measured, show_origins, show_said, show_text
from pages._parts.card_benchmarks import show_hits
from pages._parts.card_scores import show_scores
from pages._parts.change import show_change
from pages._parts.generate_write import show_write_link
from pages._parts.guidelines_show import show_guidelines
from pages._parts.lineage import show_lineage
from pages._parts.repair_card import is_repairing, show_repair, show_repair_button
from pages._parts.review_bounds import show_near_bounds
from pages._parts.review_change import is_editing, show_changes, show_editor
from pages._parts.review_marks import show_marks
from pages._parts.review_neighbours import show_neighbours
from pages._parts.review_pair import show_pair

FACTS, LINEAGE, GUIDELINES = "Facts", "Lineage", "Guidelines"


def show_sample(workspace: Workspace, number: int, sample: Sample, seen: int) -> None:
    """Its text, or the form in which it is changed; `seen` is the last event that the reader knows of."""
    if is_editing():
        show_editor(workspace, number, sample, seen)
        return
    if is_repairing():
        show_repair(workspace, number, sample, seen)
        return
    if sample.output and sample.rejected:
        show_pair(workspace, number, sample)
    else:
        show_text(sample)
    show_change(workspace, number)


def show_tools(workspace: Workspace, number: int, sample: Sample, seen: int) -> None:
    """The buttons that mark it or change it; none while it is being changed."""
    if is_editing() or is_repairing():
        return
    with st.container(horizontal=True, gap="small"):
        show_marks(workspace, number)
        show_changes(workspace, number, sample, seen)
        show_repair_button()


def show_beside(workspace: Workspace, number: int, said: Sequence[Said]) -> None:
    """What speaks for or against the sample, first what matters most; its line of descent; or what reviewers go by."""
    view = st.segmented_control(
        "Beside", [FACTS, LINEAGE, GUIDELINES], default=FACTS, required=True, key="review.side",
        label_visibility="collapsed", persist_state="session",
    )  # fmt: skip
    if view == LINEAGE:
        show_lineage(workspace, number)
        return
    if view == GUIDELINES:
        show_guidelines(workspace)
        show_write_link("review.write")
        return
    show_drops(workspace, number)
    show_near_bounds(workspace, number)
    show_scores(workspace, number)
    show_hits(workspace, number)
    show_neighbours(workspace, number)
    show_origins(workspace, number)
    show_said(said)
    show_measured(workspace, number)
