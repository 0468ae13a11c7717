"""Near-duplicates at a threshold: what goes, what stays, and the pairs and groups behind it."""

import numpy as np
import streamlit as st

from curation.duplicates import Feature
from curation.errors import CurationError
from curation.recipe import Duplicates
from curation.stages.comparing import comparison
from curation.stages.curating import apply_recipe, current_recipe
from curation.store import Workspace
from curation.store.pairs import read_duplicates
from pages._parts.duplicate_groups import show_groups
from pages._parts.duplicate_labels import show_labels
from pages._parts.duplicate_pairs import show_borderline
from pages._parts.duplicate_threshold import choose_threshold, show_counts
from pages._parts.workspace import reviewer


@st.fragment
def show_near(opened: Workspace, unless: tuple[Feature, ...]) -> None:
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
        on_click=_apply, args=(opened, wanted), width="stretch",
        help="One of each group stays: what was chosen here, what a person accepted, what the rules keep, the "
        "longest answer. What a person accepted is never removed.",
    )  # fmt: skip
    keep.button(
        "Keep all", key="duplicates.keep", on_click=_apply, args=(opened, Duplicates()), disabled=in_force is None,
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


def _apply(opened: Workspace, duplicates: Duplicates) -> None:
    """Put the recipe in force with this threshold; a refusal is shown."""
    recipe = current_recipe(opened).model_copy(update={"duplicates": duplicates})
    try:
        apply_recipe(opened, recipe, "near-duplicates", reviewer(opened))
    except CurationError as error:
        st.warning(str(error))
