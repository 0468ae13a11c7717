"""What of a reference has no sample, to make some there; and which samples lie far from all of it."""

import streamlit as st

from curation.errors import CurationError
from curation.stages.covering import adopt, far_from_reference, uncovered
from curation.store import Workspace
from curation.store.browse import count
from curation.store.listing import page
from curation.store.references import Item, Look
from pages._parts.cells import visible_rows
from pages._parts.charts import stamp
from pages._parts.facet_bar import choose
from pages._parts.generate_seeds import seed_with
from pages._parts.plain import plain
from pages._parts.table import show_lines
from pages._parts.titles import count_of

MOST = 500
SHOWN = 20
GO = "diversity.coverage.go"


def show_lists(workspace: Workspace, look: Look, distance: float) -> None:
    """Both lists, each with its way on."""
    handed = st.session_state.pop(GO, None)
    if handed:
        seed_with(*handed)
    _uncovered(workspace, look, distance)
    _far(workspace, look, distance)


def _uncovered(workspace: Workspace, look: Look, distance: float) -> None:
    items = uncovered(workspace, look, distance, MOST)
    st.subheader("Not covered")
    if not items:
        st.caption("Every item of the reference has a sample within this distance.")
        return
    rows = [
        {"distance": round(one.distance, 3), "item": one.collected.sample.prompt, "place": one.collected.origin.ref or
         f"sample {one.sample}", "nearest sample": one.nearest}
        for one in items
    ]  # fmt: skip
    cut = f", the {MOST} furthest of them" if len(items) == MOST else ""
    st.caption(f"{count_of(len(items), 'item', 'items')}{cut}, the furthest first. Tick some, or take all.")
    picked = st.dataframe(
        visible_rows(rows), key=f"diversity.coverage.items.{look.name}.{distance}", hide_index=True, width="stretch",
        height=300, on_select="rerun", selection_mode="multi-row",
    )  # fmt: skip
    ticked = [items[row] for row in picked["selection"]["rows"] if row < len(items)] or items
    if st.button(
        f"Generate here: start a run from {count_of(len(ticked), 'item', 'items')}", key="diversity.coverage.generate",
        icon=":material/auto_awesome:",
    ):  # fmt: skip
        _generate(workspace, look, ticked)


def _generate(workspace: Workspace, look: Look, items: list[Item]) -> None:
    """At once where the items are samples; those of a file become samples first, which a person confirms."""
    new = sum(one.sample is None for one in items)
    if new:
        _confirm(workspace, look, items, new)
    else:
        seed_with(adopt(workspace, look, items), f"not covered yet, of {look.name}")


@st.dialog("Items become samples")
def _confirm(workspace: Workspace, look: Look, items: list[Item], new: int) -> None:
    st.write(
        f"A run starts from samples. {count_of(new, 'item', 'items')} of {plain(look.name)} will be added to the "
        "workspace as written by people, with the file as their origin. Check that you may use them."
    )
    if st.button(
        "Add them and go on", key="diversity.coverage.adopt", type="primary", on_click=_adopt,
        args=(workspace, look, items),
    ):  # fmt: skip
        st.rerun()


def _adopt(workspace: Workspace, look: Look, items: list[Item]) -> None:
    try:
        st.session_state[GO] = (adopt(workspace, look, items), f"not covered yet, of {look.name}")
    except CurationError as error:
        st.error(plain(str(error)))


def _far(workspace: Workspace, look: Look, distance: float) -> None:
    st.subheader("Far from the reference")
    facets = far_from_reference(look, distance)
    found = count(workspace, facets)
    if not found:
        st.caption("Every sample that was compared has an item of the reference within this distance.")
        return
    words, button = st.columns([4, 1], vertical_alignment="center")
    cut = f", the first {SHOWN} of them" if found > SHOWN else ""
    words.caption(f"{count_of(found, 'sample', 'samples')}{cut}.")
    button.button(
        "Show only these", key="diversity.coverage.far", on_click=choose, args=(facets,), width="stretch",
        help="Narrows everything down to them, on every page.",
    )  # fmt: skip
    show_lines(page(workspace, facets, SHOWN), f"diversity.coverage.far.{stamp(facets, look.name)}")
