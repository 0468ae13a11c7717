"""One signal with its rule: chosen, drawn, bounded, and what the rule removes."""

import streamlit as st

from curation.recipe import Labels, Recipe
from curation.stages.tuning import Choice, Effect, column, picture
from curation.store import Workspace
from pages._parts.bounds import show_labels, show_number
from pages._parts.filters_condition import show_condition
from pages._parts.filters_draft import SIGNAL
from pages._parts.titles import title_of


def show_signal(workspace: Workspace, recipe: Recipe, found: Effect, measured: dict[str, Choice]) -> Choice:
    """Choose a signal and set its rule; gives the choice."""
    signal = st.selectbox("Signal", list(measured), format_func=lambda name: f"{title_of(name)} · {name}", key=SIGNAL)
    choice = measured[signal]
    if choice.kind == "number":
        show_number(choice, picture(workspace, choice), recipe)
    else:
        values = column(workspace, choice)
        assert isinstance(values, Labels)
        show_labels(choice, values, recipe)
    show_condition(workspace, choice, recipe)
    _show_removed(signal, found)
    return choice


def _show_removed(signal: str, found: Effect) -> None:
    """What the rule on one signal removes."""
    removed, alone = found.failing.get(signal, 0), found.alone.get(signal, 0)
    left, right = st.columns(2)
    left.metric(
        "Removed by this rule",
        f"{removed:,}",
        f"{removed / max(1, found.total):.1%}",
        delta_color="off",
        delta_arrow="off",
    )
    right.metric("Removed by it alone", f"{alone:,}", help="These come back when this rule is dropped.")
