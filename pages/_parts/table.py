"""A table of samples with the acts that apply to all of them: accept, reject, tag, undo."""

import secrets
from collections.abc import Sequence

import streamlit as st

from curation.errors import CurationError
from curation.facets import Facets
from curation.sample import Action, Decision
from curation.store import Workspace
from curation.store.browse import Line, page
from curation.store.decisions import add_decisions, undo
from curation.store.samples import count_samples
from pages._parts.cells import visible_rows
from pages._parts.plain import plain
from pages._parts.titles import count_of
from pages._parts.workspace import reviewer

ROWS = 50
SAID = "table.said"


def show_lines(lines: Sequence[Line], key: str) -> list[int]:
    """Show rows and give the numbers of the samples that are ticked."""
    rows = [
        {"no.": line.number, "state": line.state, "instruction": line.instruction, "input": line.input,
         "answer": line.output}
        for line in lines
    ]  # fmt: skip
    picked = st.dataframe(
        visible_rows(rows), key=key, hide_index=True, width="stretch", on_select="rerun", selection_mode="multi-row",
        row_height=34, column_config={"state": st.column_config.TextColumn(width=90)},
    )  # fmt: skip
    return [lines[row].number for row in picked["selection"]["rows"] if row < len(lines)]


def show_matching(workspace: Workspace, facets: Facets, matching: int, key: str) -> list[int]:
    """Show the samples that match, page by page, and give the numbers of the ticked ones."""
    pages = max(1, -(-matching // ROWS))
    at = st.pagination(pages, key=f"{key}.page") if pages > 1 else 1
    return show_lines(page(workspace, facets, ROWS, (int(at) - 1) * ROWS), f"{key}.rows")


def acts(workspace: Workspace, numbers: Sequence[int], key: str, about: str) -> None:
    """Buttons that accept, reject or tag these samples as one step, and one that takes the last step back.

    Args:
        workspace: where the decisions go.
        numbers: the samples.
        key: prefix of the widgets' names.
        about: what the samples are, as in `Reject 3,172 (all that match)`.
    """
    said = st.session_state.pop(SAID, "")
    if said:
        st.toast(said)
    how_many = len(numbers)
    accept, reject, name, tag, back = st.columns([2, 2, 2, 2, 2], vertical_alignment="bottom")
    value = name.text_input("Tag", key=f"{key}.tag.name", label_visibility="collapsed", placeholder="tag")
    off = how_many == 0
    for column, action, title, note in (
        (accept, "accept", "Accept", ""), (reject, "reject", "Reject", ""), (tag, "tag", "Tag", value.strip())
    ):  # fmt: skip
        blocked = off or (action == "tag" and not note)
        if column.button(f"{title} {how_many:,}", key=f"{key}.{action}", disabled=blocked, width="stretch", help=about):
            decision = Decision(_action(action), reviewer(workspace), note, event=secrets.token_hex(8))
            _confirm(workspace, numbers, decision, about)
    back.button("Undo", key=f"{key}.undo", on_click=_undo, args=(workspace,), width="stretch")


@st.dialog("Please confirm")
def _confirm(workspace: Workspace, numbers: Sequence[int], decision: Decision, about: str) -> None:
    words = {"accept": "Accept", "reject": "Reject", "tag": "Tag"}[decision.action]
    share = len(numbers) / max(1, count_samples(workspace))
    samples = count_of(len(numbers), "sample", "samples")
    note = f" as “{plain(decision.value)}”" if decision.value else ""
    st.write(f"{words} **{samples}**{note} ({about}), {share:.1%} of the workspace. It can be undone in one step.")
    done = (workspace, numbers, decision, f"{words}: {samples}.")
    if st.button(f"{words} {len(numbers):,}", key="table.confirm", type="primary", on_click=_do, args=done):
        st.rerun()


def _do(workspace: Workspace, numbers: Sequence[int], decision: Decision, words: str) -> None:
    add_decisions(workspace, numbers, decision)
    # A toast made here would take the dialog's place while the dialog is still drawn, and the page would freeze.
    st.session_state[SAID] = words


def _undo(workspace: Workspace) -> None:
    try:
        taken_back = undo(workspace, reviewer(workspace))
        st.toast(f"Undone for {count_of(len(taken_back), 'sample', 'samples')}.")
    except CurationError as error:
        st.toast(plain(str(error)))


def _action(name: str) -> Action:
    actions: dict[str, Action] = {"accept": "accept", "reject": "reject", "tag": "tag"}
    return actions[name]
