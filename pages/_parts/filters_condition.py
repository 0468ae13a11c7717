"""The condition of a rule: which samples it is about."""

import streamlit as st

from curation.recipe import Recipe
from curation.stages.drafting import with_condition
from curation.stages.tuning import Choice, groupings, labels
from curation.store import Workspace
from pages._parts.filters_draft import change
from pages._parts.plain import visible
from pages._parts.titles import title_of

EVERY = ""
MOST = 500
"""Labels offered, the most frequent ones."""


def show_condition(workspace: Workspace, choice: Choice, recipe: Recipe) -> None:
    """Make the rule on a signal one for some samples alone, or for all again."""
    rule = recipe.rule(choice.signal)
    if rule is None:
        return
    about, words = f"filters.when.{choice.signal}", f"filters.when.words.{choice.signal}"
    options = [EVERY, *groupings(workspace)]
    had = f"filters.when.had.{choice.signal}"
    if rule.when:
        st.session_state[about], st.session_state[had] = rule.when.signal, True
        options += [rule.when.signal] if rule.when.signal not in options else []
    elif st.session_state.pop(had, False):  # a preset or a click elsewhere took the condition away
        st.session_state[about] = EVERY

    def drop() -> None:
        st.session_state.pop(had, None)
        change(lambda old: with_condition(old, choice.signal, EVERY, ()))

    left, right = st.columns([2, 3])
    grouping = left.selectbox(
        "This rule is about",
        options,
        format_func=lambda name: visible(title_of(name)) if name else "every sample",
        key=about,
        on_change=drop,
    )
    if not grouping:
        return
    counts = dict(labels(workspace, grouping).counts()[:MOST])
    picked = list(rule.when.words) if rule.when else []
    st.session_state[words] = picked
    right.multiselect(
        "of which it is one of",
        [*counts, *(word for word in picked if word not in counts)],
        key=words,
        format_func=lambda word: f"{visible(word)} ({counts.get(word, 0):,})",
        on_change=lambda: change(
            lambda old: with_condition(old, choice.signal, st.session_state[about], st.session_state[words])
        ),
        placeholder="choose; until then it is about every sample",
    )
