"""A table of samples with the acts that apply to all of them: accept, reject, tag, undo."""

from collections.abc import Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from curation.errors import CurationError
from curation.facets import Facets
from curation.sample import Action, Decision
from curation.store import Workspace
from curation.store.decisions import undo
from curation.store.listing import ADDED, Line, Order, page
from pages._parts.cells import visible_rows
from pages._parts.confirming import ask, show_question, show_told
from pages._parts.plain import plain
from pages._parts.table_order import value_title
from pages._parts.titles import count_of
from pages._parts.workspace import reviewer

ROWS = 50
PLACE = "table"


def show_lines(lines: Sequence[Line], key: str, sorted_by: str = "") -> list[int]:
    """Show rows, with what they are sorted by where that is named, and give the numbers of those that are ticked."""
    rows: list[dict[str, object]] = []
    for line in lines:
        value = {sorted_by: line.sorted_by} if sorted_by else {}
        texts = {"instruction": line.instruction, "input": line.input, "answer": line.output}
        rows.append({"no.": line.number, "state": line.state} | value | texts)
    picked = st.dataframe(
        visible_rows(rows), key=key, hide_index=True, width="stretch", on_select="rerun", selection_mode="multi-row",
        row_height=34, column_config={"state": st.column_config.TextColumn(width=90)},
    )  # fmt: skip
    return [lines[row].number for row in picked["selection"]["rows"] if row < len(lines)]


def show_matching(workspace: Workspace, facets: Facets, matching: int, key: str, order: Order = ADDED) -> list[int]:
    """Show the samples that match, sorted, page by page, and give the numbers of the ticked ones."""
    pages = max(1, -(-matching // ROWS))
    at = st.pagination(pages, key=f"{key}.page") if pages > 1 else 1
    lines = page(workspace, facets, ROWS, (int(at) - 1) * ROWS, order)
    return show_lines(lines, f"{key}.rows.{order.by}.{order.falling}", value_title(order))


def acts(workspace: Workspace, numbers: Sequence[int], key: str, about: str) -> None:
    """Buttons that accept, reject or tag these samples as one step, and one that takes the last step back.

    Args:
        workspace: where the decisions go.
        numbers: the samples.
        key: prefix of the widgets' names.
        about: what the samples are, as in `Reject 3,172 (all that match)`.
    """
    show_told()
    how_many = len(numbers)
    accept, reject, name, tag, back = st.columns([2, 2, 2, 2, 2], vertical_alignment="bottom")
    value = name.text_input("Tag", key=f"{key}.tag.name", label_visibility="collapsed", placeholder="tag")
    off = how_many == 0
    offered: tuple[tuple[DeltaGenerator, Action, str, str], ...] = (
        (accept, "accept", "Accept", ""), (reject, "reject", "Reject", ""), (tag, "tag", "Tag", value.strip())
    )  # fmt: skip
    for column, action, title, note in offered:
        blocked = off or (action == "tag" and not note)
        if column.button(f"{title} {how_many:,}", key=f"{key}.{action}", disabled=blocked, width="stretch", help=about):
            ask(workspace, PLACE, numbers, Decision(action, reviewer(workspace), note), about)
    show_question(workspace, PLACE, numbers)
    back.button("Undo", key=f"{key}.undo", on_click=_undo, args=(workspace,), width="stretch")


def _undo(workspace: Workspace) -> None:
    try:
        taken_back = undo(workspace, reviewer(workspace))
        st.toast(f"Undone for {count_of(len(taken_back), 'sample', 'samples')}.")
    except CurationError as error:
        st.toast(plain(str(error)))
