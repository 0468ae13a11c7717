"""Bounds that decisions suggest, each with its cost and a button that puts it into the draft."""

import streamlit as st

from curation.recipe import Recipe, Rule
from curation.reviewing.bounds import MOST_LOST
from curation.stages.drafting import with_bounds
from curation.stages.teaching import Lesson, Suggested
from pages._parts.bounds import SIGNS
from pages._parts.filters_draft import change
from pages._parts.plain import plain
from pages._parts.titles import count_of, title_of

MOST = 6
"""Bounds that are offered."""


def show_bounds(lesson: Lesson, recipe: Recipe) -> None:
    """Each bound with what it removes and what that costs."""
    st.markdown("**Bounds that fit your decisions**")
    if not lesson.bounds:
        st.caption(
            f"None: no bound cuts off clearly more rejected than accepted samples at the cost of at most "
            f"{MOST_LOST:.0%} of the accepted ones."
        )
        return
    for one in lesson.bounds[:MOST]:
        _offer(one, recipe)
    st.caption(
        "Each was chosen on the same decisions that its cost is counted on, so expect a little more to be lost. "
        "Nothing is removed before the draft is applied."
    )


def _offer(one: Suggested, recipe: Recipe) -> None:
    rule = recipe.rule(one.signal) or Rule(signal=one.signal)
    ends = {"least": rule.least, "most": rule.most} | {one.edge: one.bound}
    words, put = st.columns([3, 2], vertical_alignment="center")
    bound = f"{SIGNS[one.edge]} {one.bound:.12g}"
    lost = one.lost
    words.markdown(
        f"{plain(title_of(one.signal))} **{bound}** removes {count_of(lost.removed, 'sample', 'samples')}. Of "
        f"{lost.decided:,} decided ones among them {one.rejected:,} were rejected and **{lost.accepted:,} accepted**: "
        f"{lost.low:.0%} to {lost.high:.0%} of what it removes would be wrongly dropped, "
        f"{lost.low * lost.removed:,.0f} to {lost.high * lost.removed:,.0f} samples."
    )
    put.button(
        f"Put {bound} into the draft", key=f"teaching.put.{one.edge}.{one.signal}", icon=":material/tune:",
        width="stretch", disabled=getattr(rule, one.edge) == one.bound, on_click=change,
        args=(lambda old: with_bounds(old, one.signal, ends["least"], ends["most"]),),
    )  # fmt: skip
