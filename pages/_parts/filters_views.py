"""Ways to look at what the draft removes; only the one that is chosen is computed."""

from collections.abc import Callable

import streamlit as st

from curation.recipe import Outs, Recipe
from curation.stages.tuning import Choice, column
from curation.store import Workspace
from pages._parts.filters_benchmarks import show_benchmarks
from pages._parts.filters_border import show_border
from pages._parts.filters_compare import show_compare
from pages._parts.filters_costs import show_costs
from pages._parts.filters_groups import show_groups
from pages._parts.filters_overlap import show_overlap
from pages._parts.filters_people import show_lost
from pages._parts.teaching_view import show_teaching

BORDER, GROUPS, OVERLAP, LOST, TEACHING, COMPARE, BENCHMARKS, COSTS = (
    "Next to the bound",
    "Removed by group",
    "Overlap of rules",
    "Good ones lost",
    "What my decisions say",
    "Compare recipes",
    "Benchmarks",
    "Measures and costs",
)
VIEWS = [BORDER, GROUPS, OVERLAP, LOST, TEACHING, COMPARE, BENCHMARKS, COSTS]


def show_view(workspace: Workspace, choice: Choice, recipe: Recipe, found: Outs, measured: dict[str, Choice]) -> None:
    """What the reader wants to look at below the rules."""
    view = st.segmented_control("Look at", VIEWS, default=BORDER, key="filters.view")
    views: dict[str, Callable[[], None]] = {
        GROUPS: lambda: show_groups(workspace, found),
        OVERLAP: lambda: show_overlap(workspace, found),
        LOST: lambda: show_lost(workspace, found),
        TEACHING: lambda: show_teaching(workspace, recipe),
        COMPARE: lambda: show_compare(workspace, recipe, found, measured),
        BENCHMARKS: lambda: show_benchmarks(workspace, recipe),
        COSTS: lambda: show_costs(workspace),
    }
    draw = views.get(view or BORDER)
    if draw:
        draw()
    else:
        show_border(workspace, choice, column(workspace, choice), recipe.rule(choice.signal))
