"""The recipe that is being tuned: kept in the tab as TOML until it is put in force."""

from collections.abc import Callable, Sequence
from functools import lru_cache

import streamlit as st

from curation.errors import CurationError
from curation.recipe import PRESETS, Recipe, read_recipe, write_recipe
from curation.stages.curating import apply_recipe, current_recipe
from curation.stages.drafting import decoded, rebased, started_from, undone
from curation.stages.impact import earlier_recipes
from curation.stages.tuning import Choice, misfits
from curation.store import Workspace
from curation.store.people import refusal
from curation.store.recipes import Kept, latest_recipes
from pages._parts.plain import plain, visible
from pages._parts.workspace import reviewer

DRAFT = "filters.draft"
BASE = "filters.base"
NAME = "filters.name"
PROBLEM = "filters.problem"
SIGNAL = "filters.signal"
HISTORY = 100
"""Recipes of the past that undo looks through."""


def draft(workspace: Workspace) -> Recipe:
    """The recipe that is being tuned, at first the one in force; what other pages put in force since is taken over."""
    now = in_force(workspace)
    text = write_recipe(now)
    base = st.session_state.setdefault(BASE, text)
    st.session_state.setdefault(DRAFT, text)
    if base != text:
        keep(rebased(read_recipe(st.session_state[DRAFT]), read_recipe(base), now))
        st.session_state[BASE] = text
    return read_recipe(st.session_state[DRAFT])


def in_force(workspace: Workspace) -> Recipe:
    """The recipe in force; read again only after something was written."""
    before = _history(workspace, workspace.changes)
    return read_recipe(before[0].text) if before else Recipe()


@lru_cache(maxsize=2)
def _history(workspace: Workspace, _changes: int) -> tuple[Kept, ...]:
    return tuple(latest_recipes(workspace, HISTORY))


def keep(recipe: Recipe) -> None:
    """Go on with this draft."""
    st.session_state[DRAFT] = write_recipe(recipe)


def change(make: Callable[[Recipe], Recipe]) -> None:
    """Change the draft; where that cannot be done the draft stays and the page says why."""
    try:
        keep(make(read_recipe(st.session_state[DRAFT])))
    except CurationError as error:
        st.session_state[PROBLEM] = str(error)


def show_problem() -> None:
    """Say once what went wrong with the last change."""
    problem = st.session_state.pop(PROBLEM, "")
    if problem:
        st.error(plain(problem), icon=":material/error:")


def show_start(workspace: Workspace) -> None:
    """Presets, recipes that were in force before, and a recipe from a file."""
    preset, load, file = st.columns([2, 1, 3], vertical_alignment="bottom")
    offered = {**PRESETS, **earlier_recipes(workspace)}
    name = preset.selectbox("Preset or earlier recipe", list(offered), format_func=visible, key="filters.preset")
    load.button(
        "Start from it", key="filters.preset.load", on_click=_start, args=(name, offered[name]), width="stretch"
    )
    file.file_uploader("Recipe from a file (TOML)", type=["toml"], key="filters.upload", on_change=_upload)


def show_apply(workspace: Workspace, recipe: Recipe, measured: dict[str, Choice]) -> None:
    """Put the draft in force, take the last recipe back, start over, download."""
    before = _history(workspace, workspace.changes)
    same = write_recipe(recipe) == write_recipe(in_force(workspace))
    if before:
        made = f"{before[0].made:%d %b %H:%M}"
        st.caption(f"In force: {plain(before[0].name)}, by {plain(before[0].reviewer)}, {made} UTC.")
    else:
        st.caption("No recipe is in force: every sample is kept.")
    st.session_state.setdefault(NAME, "filters")
    st.text_input("Name", key=NAME, max_chars=80)
    (put, undo), (reset, save) = st.columns(2), st.columns(2)
    blocked = same or bool(misfits(workspace, recipe, measured))
    barred = refusal(workspace, "recipe")
    if put.button(
        "Apply", key="filters.apply", type="primary", disabled=blocked or bool(barred), width="stretch",
        help=barred or None,
    ):  # fmt: skip
        _apply(workspace, recipe, st.session_state[NAME].strip() or "filters")
    place = undone([one.text for one in before], write_recipe(Recipe()))
    if undo.button(
        "Undo", key="filters.undo", disabled=place is None or bool(barred), width="stretch",
        help=barred or _undo_help(before, place),
    ):  # fmt: skip
        last = before[place] if place is not None and place >= 0 else None
        _apply(workspace, read_recipe(last.text) if last else Recipe(), last.name if last else "no rules")
    reset.button("Discard", key="filters.reset", disabled=same, width="stretch", on_click=_reset, args=(workspace,))
    save.download_button(
        "Download", data=write_recipe(recipe), file_name="recipe.toml", mime="application/toml", on_click="ignore",
        key="filters.download", width="stretch",
    )  # fmt: skip


def _apply(workspace: Workspace, recipe: Recipe, name: str) -> None:
    try:
        apply_recipe(workspace, recipe, name, reviewer(workspace))
    except CurationError as error:
        st.error(plain(str(error)), icon=":material/error:")
        return
    keep(recipe)
    st.session_state[BASE] = write_recipe(recipe)
    st.toast("The recipe is in force.")
    st.rerun()


def _undo_help(before: Sequence[Kept], place: int | None) -> str:
    if place is None:
        return "There is no recipe before this one."
    return f"Back to {plain(before[place].name)}" if place >= 0 else "Back to no rules at all"


def _start(name: str, recipe: Recipe) -> None:
    change(lambda old: started_from(old, recipe))
    st.session_state[NAME] = name if name in PRESETS else "filters"


def _upload() -> None:
    file = st.session_state["filters.upload"]
    if file is not None:
        change(lambda _: decoded(file.getvalue()))


def _reset(workspace: Workspace) -> None:
    keep(current_recipe(workspace))
