"""Ways to look at what the draft removes; only the one that is chosen is computed."""

import streamlit as st

from curation.recipe import Outs, Recipe
from curation.stages.tuning import Choice, column
from curation.store import Workspace
from pages._parts.filters_border import show_border
from pages._parts.filters_compare import show_compare
from pages._parts.filters_groups import show_groups
from pages._parts.filters_overlap import show_overlap
from pages._parts.filters_people import show_lost

BORDER, GROUPS, OVERLAP, LOST, COMPARE = (
    "Next to the bound",
    "Removed by group",
    "Overlap of rules",
    "Good ones lost",
    "Compare recipes",
)
VIEWS = [BORDER, GROUPS, OVERLAP, LOST, COMPARE]


def show_view(workspace: Workspace, choice: Choice, recipe: Recipe, found: Outs, measured: dict[str, Choice]) -> None:
    """What the reader wants to look at below the rules."""
    view = st.segmented_control("Look at", VIEWS, default=BORDER, key="filters.view")
    if view == GROUPS:
        show_groups(workspace, found)
    elif view == OVERLAP:
        show_overlap(workspace, found)
    elif view == LOST:
        show_lost(workspace, found)
    elif view == COMPARE:
        show_compare(workspace, recipe, found, measured)
    else:
        show_border(workspace, choice, column(workspace, choice), recipe.rule(choice.signal))
