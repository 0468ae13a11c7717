"""Two recipes side by side: what each alone would keep."""

import streamlit as st

from curation.exporters.comparison import differing_lines
from curation.recipe import Outs, Recipe, write_recipe
from curation.stages.impact import DRAFT, IN_FORCE, known_recipes, versus
from curation.stages.tuning import Choice, misfits, removal
from curation.store import Workspace
from pages._parts.filters_samples import show_list
from pages._parts.plain import plain, visible

SIDE = "filters.compare.side"


def show_compare(workspace: Workspace, draft: Recipe, found: Outs, measured: dict[str, Choice]) -> None:
    """Choose two recipes, see how many samples each keeps, and read those that only one keeps."""
    known = known_recipes(workspace, draft)
    left, right = st.columns(2)
    names = list(known)
    first = left.selectbox("Recipe A", names, names.index(DRAFT), format_func=visible, key="filters.compare.a")
    second = right.selectbox("Recipe B", names, names.index(IN_FORCE), format_func=visible, key="filters.compare.b")
    out = [found if name == DRAFT else removal(workspace, known[name], measured) for name in (first, second)]
    for name in {first: None, second: None}:
        for reason in misfits(workspace, known[name], measured).values():
            st.warning(f"{plain(name)}: {plain(reason)}", icon=":material/warning:")
    sides = versus(out[0].removed(), out[1].removed())
    numbers = {"Both keep": sides.both, "Only A keeps": sides.first, "Only B keeps": sides.second,
               "Neither keeps": sides.neither}  # fmt: skip
    for place, (title, side) in zip(st.columns(4), numbers.items(), strict=True):
        place.metric(title, f"{len(side):,}", f"{len(side) / max(1, found.total):.1%}", delta_color="off",
                     delta_arrow="off")  # fmt: skip
    st.caption("By their rules alone: near-duplicates and people's decisions are left aside.")
    unlike = differing_lines(*(write_recipe(known[name]) for name in (first, second)))
    if unlike:
        with st.expander("Lines of A (-) and of B (+): rules, near-duplicates, selection, mixture, splits, formats"):
            st.code("\n".join(unlike), language="diff")
    picked = st.segmented_control("Read", list(numbers), default="Only B keeps", key=SIDE) or "Only B keeps"
    show_list(workspace, numbers[picked], f"filters.compare.list.{picked}", f"“{picked}”")
