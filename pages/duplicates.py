"""Duplicates: copies and near-duplicates, and the threshold from which one of them goes."""

import numpy as np
import streamlit as st

from curation import runs
from curation.duplicates import Feature
from curation.errors import CurationError
from curation.recipe import Duplicates
from curation.stages.comparing import comparison, exact_copies
from curation.stages.curating import apply_recipe, current_recipe
from curation.stages.embedding import look_job
from curation.store import Workspace
from curation.store.pairs import count_not_compared, latest_space, read_duplicates
from curation.store.samples import count_samples
from pages._parts.duplicate_groups import show_groups
from pages._parts.duplicate_labels import show_labels
from pages._parts.duplicate_pairs import show_borderline
from pages._parts.duplicate_threshold import choose_threshold, choose_unless, show_counts
from pages._parts.empty import nothing_yet
from pages._parts.progress import show_progress, start
from pages._parts.titles import count_of
from pages._parts.workspace import reviewer, workspace


def apply(opened: Workspace, duplicates: Duplicates) -> None:
    """Put the recipe in force with this threshold; a refusal is shown."""
    recipe = current_recipe(opened).model_copy(update={"duplicates": duplicates})
    try:
        apply_recipe(opened, recipe, "near-duplicates", reviewer(opened))
    except CurationError as error:
        st.warning(str(error))


@st.fragment
def near(opened: Workspace, unless: tuple[Feature, ...]) -> None:
    """All that follows the slider and the keys; drawn alone when one is used."""
    # Asked for here, not handed in: a label or a swap changes it, and only this part is drawn then.
    found = comparison(opened, unless)
    if found is None:
        return
    now = current_recipe(opened).duplicates
    in_force = now.threshold
    threshold = choose_threshold(found, in_force)
    groups = found.groups(threshold)
    show_counts(found, groups, threshold)
    remove, keep, said = st.columns([2, 1, 3], vertical_alignment="center")
    wanted = Duplicates.model_validate({"threshold": threshold, "field": found.space.field, "unless": unless})
    remove.button(
        f"Remove {len(groups.removed):,} at this threshold", type="primary", key="duplicates.remove",
        on_click=apply, args=(opened, wanted), width="stretch",
        help="One of each group stays: what was chosen here, what a person accepted, what the rules keep, the "
        "longest answer. What a person accepted is never removed.",
    )  # fmt: skip
    keep.button(
        "Keep all", key="duplicates.keep", on_click=apply, args=(opened, Duplicates()), disabled=in_force is None,
        width="stretch",
    )  # fmt: skip
    removed = read_duplicates(opened)
    said.caption(f"In force: {len(removed):,} removed at {in_force:.3f}." if in_force else "In force: all are kept.")
    if in_force and in_force >= found.thresholds[0]:
        if now.unless != unless:
            st.info("What keeps samples apart is another choice in force. Press Remove to use this one.")
        elif not np.array_equal(removed, found.groups(in_force).removed):
            st.info("Decisions, rules or samples changed since. Press Remove to count them in.")
    st.subheader("Label pairs")
    show_labels(opened, found, threshold)
    st.subheader("On either side of the threshold")
    show_borderline(opened, found, threshold)
    st.subheader("Groups")
    show_groups(opened, groups, f"duplicates.groups.{threshold:.3f}", swaps=True)


ws = workspace()
st.title("Duplicates")
if not count_samples(ws):
    nothing_yet("There are no samples yet, so there is nothing to compare.")
    st.stop()
show_progress(ws, "embed")

busy = bool(runs.running(ws, "embed"))
apart = choose_unless(current_recipe(ws).duplicates.unless) if latest_space(ws) else ()
with st.spinner("Looking for what differs …"):
    comparing = comparison(ws, apart)
if comparing is None:
    st.info("Samples that say nearly the same are found by comparing their embedded texts. It can be stopped.")
    st.button(
        "Find near-duplicates",
        type="primary",
        key="duplicates.find",
        on_click=start,
        args=(ws, look_job(ws)),
        disabled=busy,
    )
else:
    new = count_not_compared(ws, comparing.space)
    if new:
        added = count_of(new, "sample was", "samples were")
        st.warning(f"{added} added since pairs were looked for, and not compared yet.")
        st.button("Compare again", key="duplicates.again", on_click=start, args=(ws, look_job(ws)), disabled=busy)
    if len(comparing.thresholds) > 1:
        near(ws, apart)
    else:
        st.warning("So many texts are the same that no threshold below 1 is known. Remove copies first.")

st.subheader("Exact copies")
with st.spinner("Looking for copies …"):
    same = exact_copies(ws)
repeat = count_of(len(same.removed), "prompt is", "prompts are")
st.caption(f"{repeat} the same as an earlier one but for case, spacing and sentence punctuation.")
if same.listed:
    show_groups(ws, same, "duplicates.copies")
