"""Near-duplicates at a threshold: what goes, what stays, and the pairs and groups behind it."""

import numpy as np
import streamlit as st

from curation.errors import CurationError
from curation.recipe import Duplicates
from curation.stages.comparing import Comparison, Groups, comparison, in_force
from curation.stages.curating import apply_recipe, current_recipe
from curation.store import Workspace
from curation.store.people import refusal
from pages._parts.duplicate_groups import show_groups
from pages._parts.duplicate_labels import show_labels
from pages._parts.duplicate_pairs import show_borderline
from pages._parts.duplicate_threshold import WAYS, choose_threshold, show_counts, show_curve
from pages._parts.plain import plain
from pages._parts.workspace import reviewer

ABOVE, BELOW, LABEL, GROUPS = "Just above: the same", "Just below: kept apart", "Label pairs", "Groups"


@st.fragment
def show_near(opened: Workspace, wanted: Duplicates) -> None:
    """All that follows the slider and the keys; drawn alone when one is used."""
    # Asked for here, not handed in: a label or a swap changes it, and only this part is drawn then.
    found = comparison(opened, wanted)
    if found is None:
        return
    now, removed = in_force(opened)
    here = now.threshold if (now.by, now.field) == (wanted.by, wanted.field) else None
    threshold = choose_threshold(found, here)
    groups = found.groups(threshold)
    show_counts(found, groups, threshold)
    show_curve(found, threshold)
    remove, keep, said = st.columns([2, 1, 3], vertical_alignment="center")
    barred = refusal(opened, "recipe")
    remove.button(
        f"Remove {len(groups.removed):,} at this threshold", type="primary", key="duplicates.remove",
        on_click=_apply, args=(opened, Duplicates.model_validate(wanted.model_dump() | {"threshold": threshold})),
        width="stretch", disabled=bool(barred),
        help=barred or "One of each group stays. What a person accepted is never removed.",
    )  # fmt: skip
    keep.button(
        "Keep all", key="duplicates.keep", on_click=_apply, args=(opened, Duplicates()),
        disabled=now.threshold is None or bool(barred), width="stretch", help=barred or None,
    )  # fmt: skip
    said.caption(_in_words(now, len(removed)))
    if here and here >= found.thresholds[0]:
        _changed(found, now, removed)
    _look(opened, found, groups, threshold)


def _look(opened: Workspace, found: Comparison, groups: Groups, threshold: float) -> None:
    """One of the views behind the numbers; the others are not computed."""
    view = st.segmented_control(
        "Look at", [ABOVE, BELOW, LABEL, GROUPS], default=ABOVE, required=True, key="duplicates.look",
        persist_state="session", label_visibility="collapsed",
    )  # fmt: skip
    if view == LABEL:
        show_labels(opened, found, threshold)
    elif view == GROUPS:
        show_groups(opened, groups, f"duplicates.groups.{threshold:.3f}")
    else:
        show_borderline(opened, found, threshold, above=view == ABOVE)


def _in_words(now: Duplicates, removed: int) -> str:
    if now.threshold is None:
        return "In force: all are kept."
    return f"In force: {removed:,} removed at {now.threshold:.3f} ({WAYS[now.by].name}, {now.field})."


def _changed(found: Comparison, now: Duplicates, removed: np.ndarray) -> None:
    if now.model_copy(update={"threshold": None}) != found.wanted:
        st.info(
            "What keeps samples apart, or which one stays, is another choice in force. Press Remove to use this one."
        )
    elif not np.array_equal(removed, found.groups(now.threshold or 1).removed):
        st.info("Decisions, rules, labels or samples changed since. Press Remove to count them in.")


def _apply(opened: Workspace, duplicates: Duplicates) -> None:
    """Put the recipe in force with this threshold; a refusal is shown."""
    recipe = current_recipe(opened).model_copy(update={"duplicates": duplicates})
    try:
        apply_recipe(opened, recipe, "near-duplicates", reviewer(opened))
    except CurationError as error:
        st.warning(plain(str(error)))
