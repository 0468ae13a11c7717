"""A table of samples with the acts that apply to all of them: accept, reject, tag, undo."""

import secrets
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import streamlit as st

from curation.errors import CurationError, Overtaken
from curation.facets import Facets
from curation.sample import Action, Decision
from curation.store import Workspace
from curation.store.decisions import add_decisions, undo
from curation.store.listing import ADDED, Line, Order, page
from curation.store.samples import count_samples
from curation.store.standing import decided_otherwise
from pages._parts.cells import visible_rows
from pages._parts.plain import plain, visible
from pages._parts.table_order import value_title
from pages._parts.titles import count_of
from pages._parts.workspace import reviewer

ROWS = 50
SAID = "table.said"
ASKED = "table.asked"
"""What waits for an answer: a page that is drawn anew meanwhile, as when a run ends, asks again."""


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
            theirs = decided_otherwise(workspace, numbers, decision.action, decision.reviewer)
            st.session_state[ASKED] = Asked(tuple(numbers), decision, about, workspace.last_decision(), theirs)
    asked = st.session_state.get(ASKED)
    if asked and asked.numbers == tuple(numbers):
        _confirm(workspace, asked)
    else:
        _forget()
    back.button("Undo", key=f"{key}.undo", on_click=_undo, args=(workspace,), width="stretch")


@dataclass(frozen=True)
class Asked:
    """What is about to be done, and what was known when it was asked.

    Args:
        numbers: the samples.
        decision: what would be said of them.
        about: what the samples are.
        seen: the last event then (F18).
        theirs: those of the samples on which somebody else holds the opposite, with who it is.
    """

    numbers: tuple[int, ...]
    decision: Decision
    about: str
    seen: int
    theirs: Mapping[int, str]


def _forget() -> None:
    st.session_state.pop(ASKED, None)


@st.dialog("Please confirm", on_dismiss=_forget)
def _confirm(workspace: Workspace, asked: Asked) -> None:
    decision, numbers = asked.decision, asked.numbers
    words = {"accept": "Accept", "reject": "Reject", "tag": "Tag"}[decision.action]
    if asked.theirs:
        who = ", ".join(
            f"{visible(name)} ({number:,})" for name, number in Counter(asked.theirs.values()).most_common(5)
        )
        st.warning(
            plain(f"Others decided the opposite on {len(asked.theirs):,} of them: {who}."), icon=":material/group:"
        )
        if not st.toggle("Change theirs too", key="table.theirs"):
            numbers = tuple(number for number in numbers if number not in asked.theirs)
    share = len(numbers) / max(1, count_samples(workspace))
    samples = count_of(len(numbers), "sample", "samples")
    note = f" as “{plain(decision.value)}”" if decision.value else ""
    st.write(
        f"{words} **{samples}**{note} ({asked.about}), {share:.1%} of the workspace. It can be undone in one step."
    )
    done = (workspace, replace(asked, numbers=numbers), f"{words}: {samples}.")
    if st.button(
        f"{words} {len(numbers):,}", key="table.confirm", type="primary", disabled=not numbers, on_click=_do, args=done
    ):
        st.rerun()


def _do(workspace: Workspace, asked: Asked, words: str) -> None:
    # A toast made here would take the dialog's place while the dialog is still drawn, and the page would freeze.
    _forget()
    try:
        add_decisions(workspace, asked.numbers, asked.decision, seen=asked.seen)
        st.session_state[SAID] = words
    except Overtaken as error:
        st.session_state[SAID] = f"Nothing was done. {plain(str(error))} Look again, then repeat it."
    except CurationError as error:
        st.session_state[SAID] = f"Nothing was done. {plain(str(error))}"


def _undo(workspace: Workspace) -> None:
    try:
        taken_back = undo(workspace, reviewer(workspace))
        st.toast(f"Undone for {count_of(len(taken_back), 'sample', 'samples')}.")
    except CurationError as error:
        st.toast(plain(str(error)))


def _action(name: str) -> Action:
    actions: dict[str, Action] = {"accept": "accept", "reject": "reject", "tag": "tag"}
    return actions[name]
