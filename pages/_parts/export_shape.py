"""The shape of an export: what is chosen and mixed of what is in, and whether the recipe keeps it."""

from collections.abc import Sequence

import streamlit as st

from curation.errors import CurationError
from curation.recipe import Shape
from curation.stages.curating import apply_recipe, current_recipe
from curation.stages.planning import inside
from curation.store import Workspace
from curation.store.people import refusal
from pages._parts.export_mixture import choose_mixture
from pages._parts.export_selection import choose_selection
from pages._parts.plain import plain
from pages._parts.workspace import reviewer


def choose_contents(workspace: Workspace, states: Sequence[str], practice: bool) -> Shape:
    """The shape in force with the selection and mixture that the reader asks for."""
    shape = current_recipe(workspace).shape()
    try:
        going = inside(workspace, states, practice=practice)
    except CurationError:  # the plan says why
        return shape
    if not len(going):
        st.caption("Nothing is in yet, so there is nothing to choose from or to mix.")
        return shape
    return choose_mixture(workspace, choose_selection(workspace, shape, going), going)


def keep_in_recipe(workspace: Workspace, shape: Shape) -> None:
    """Offer to put the shape in force, so that the command line and later exports go by it."""
    recipe = current_recipe(workspace)
    barred = refusal(workspace, "recipe")
    same = shape == recipe.shape()
    if not st.button(
        "Keep in the recipe", key="export.keep", icon=":material/save:", disabled=bool(barred or same),
        help=barred or "Selection, mixture and splits as they are here; `sift export` then goes by them.",
    ):  # fmt: skip
        return
    try:
        apply_recipe(workspace, recipe.shaped(shape), "export", reviewer(workspace))
    except CurationError as error:
        st.error(plain(str(error)), icon=":material/error:")
        return
    st.toast("The recipe is in force.")
    st.rerun()
