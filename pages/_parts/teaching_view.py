"""What my decisions say: what foretells them, bounds they suggest, and what to look at next."""

import streamlit as st

from curation.errors import NotReady
from curation.facets import Facets
from curation.recipe import Recipe
from curation.stages.teaching import LOOK_AT, WORTH, Lesson, choose_worth, judge_signals, learn_from_decisions
from curation.store import Workspace
from pages._parts.facet_bar import choose
from pages._parts.plain import plain, visible
from pages._parts.teaching_bounds import show_bounds
from pages._parts.teaching_weights import show_weights
from pages._parts.titles import title_of


def show_teaching(workspace: Workspace, recipe: Recipe) -> None:
    """The model in words, then what can be done with it."""
    scores = judge_signals(workspace)
    named: list[str] = []
    if scores:
        named = st.multiselect(
            "Let scores of judges take part", scores, format_func=lambda name: visible(title_of(name)),
            key="teaching.judges", placeholder="none",
            help="Leave out a judge whose score people saw while they decided: it would foretell what it caused.",
        )  # fmt: skip
    try:
        lesson = learn_from_decisions(workspace, named)
    except NotReady as error:
        st.info(plain(str(error)))
        st.page_link("pages/review.py", label="Review samples", icon=":material/rate_review:")
        return
    _verdict(lesson)
    left, right = st.columns(2, gap="large")
    with left:
        show_weights(lesson)
    with right:
        show_bounds(lesson, recipe)
        _next(workspace, lesson)


def _verdict(lesson: Lesson) -> None:
    """How far to trust it, before anything that it says."""
    found = lesson.learned
    basis = (
        f"{lesson.decided:,} decisions, {lesson.accepted:,} accepted. AUC {found.auc:.2f} ({found.low:.2f} to "
        f"{found.high:.2f}) on decisions that were not learned from; 0.5 is guessing, 1 is certainty."
    )
    if found.is_something:
        st.success(
            f"What is measured foretells your decisions: of an accepted and a rejected sample the accepted one comes "
            f"first in {found.auc:.0%}. {basis}",
            icon=":material/school:",
        )
    else:
        st.info(
            f"Nothing that is measured foretells your decisions better than guessing, as far as these tell. {basis} "
            "What you go by may not be measured, or it takes more decisions.",
            icon=":material/help:",
        )


def _next(workspace: Workspace, lesson: Lesson) -> None:
    st.markdown("**What to look at next**")
    if not lesson.learned.is_something:
        st.caption("As nothing foretells your decisions, no sample teaches more than another: review them at random.")
        st.page_link("pages/review.py", label="Review samples", icon=":material/rate_review:")
        return
    st.caption(
        f"The {min(LOOK_AT, len(lesson.left))} undecided samples on which the model is in most doubt and which are "
        "unlike one another."
    )
    if st.button(
        "Queue them for Review", key="teaching.next", icon=":material/rate_review:", disabled=not len(lesson.left)
    ):
        found = choose_worth(workspace, lesson)
        choose(Facets(ranges=((WORTH, 1, found),)))
        st.switch_page("pages/review.py")
