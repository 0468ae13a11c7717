"""Exact copies: samples that are equal, and different answers to the same, with what to do about them."""

import secrets
from collections.abc import Iterator, Sequence

import streamlit as st

from curation.errors import CurationError
from curation.sample import Action, Decision
from curation.stages.equal import Equal, Same, equal_samples
from curation.store import Workspace
from curation.store.decisions import undo
from curation.store.samples import read_samples
from pages._parts.cells import visible_rows
from pages._parts.confirming import Act, ask, carry_out, show_question, show_told, tell
from pages._parts.plain import plain
from pages._parts.titles import count_of
from pages._parts.workspace import reviewer

MOST = 500
PLACE = "duplicates"
EVENT = "duplicates.exact.event"


def show_exact(workspace: Workspace) -> None:
    """Equal samples and conflicting answers, as far as they are in."""
    if show_told():
        # After every act the tables are new ones, without ticks.
        st.session_state[EVENT] = secrets.token_hex(8)
    with st.spinner("Looking for copies …"):
        found = equal_samples(workspace)
    event = st.session_state.setdefault(EVENT, secrets.token_hex(8))
    _repeats(workspace, found.repeats, event)
    _conflicts(workspace, found, event)
    show_question(workspace, PLACE, *_offered(found))
    st.button("Undo", key="duplicates.exact.undo", icon=":material/undo:", on_click=_undo, args=(workspace,))


def _offered(found: Equal) -> Iterator[list[int]]:
    """The samples that the buttons for all groups are about."""
    yield _rest(found.repeats)
    yield _every(found.conflicts)
    yield _rest(found.conflicts)


def _every(found: Sequence[Same]) -> list[int]:
    return [number for same in found for number in same.numbers]


def _rest(found: Sequence[Same]) -> list[int]:
    """All but the one of each group that is preferred."""
    return [number for same in found for number in same.numbers[1:]]


def _repeats(workspace: Workspace, found: Sequence[Same], event: str) -> None:
    """Samples that are equal in everything."""
    st.subheader("Equal samples")
    rest = _rest(found)
    said = count_of(len(rest), "sample is", "samples are")
    st.caption(f"{said} the same as another one that is in, answer and all, but for case, spacing and punctuation.")
    if not rest:
        return
    shown = _table(workspace, found, f"duplicates.repeats.{event}")
    if shown is not None:
        _answers(workspace, shown, f"duplicates.repeated.{event}.{shown.numbers[0]}")
    if st.button(f"Keep one of each: reject {len(rest):,}", key="duplicates.repeats.one"):
        _ask(workspace, "reject", rest, f"the repeats in {count_of(len(found), 'group', 'groups')}")


def _conflicts(workspace: Workspace, found: Equal, event: str) -> None:
    """Different answers to the same."""
    st.subheader("Conflicting answers")
    asked = count_of(len(found.conflicts), "task has", "tasks have")
    settled = f" {count_of(found.settled, 'more is', 'more are')} settled." if found.settled else ""
    st.caption(
        f"{asked} the same instruction and input and different answers.{settled} Self-Instruct drops all answers to "
        "such a task, because nobody can tell which one is right; to an open task several can be good."
    )
    if not found.conflicts:
        return
    _all(workspace, found.conflicts)
    chosen = _table(workspace, found.conflicts, f"duplicates.conflicts.{event}")
    if chosen is not None:
        _one(workspace, chosen, event)


def _all(workspace: Workspace, found: Sequence[Same]) -> None:
    """The three choices for all groups at once."""
    every, rest = _every(found), _rest(found)
    groups = f"the answers in all {count_of(len(found), 'group', 'groups')}"
    acts: tuple[tuple[str, str, Action, list[int], str], ...] = (
        ("keep", f"Keep all: accept {len(every):,}", "accept", every, groups),
        ("one", f"Keep one of each: reject {len(rest):,}", "reject", rest, f"{groups} but the one that is preferred"),
        ("none", f"Reject all {len(every):,}, as Self-Instruct", "reject", every, groups),
    )
    with st.container(horizontal=True, gap="small"):
        for name, title, action, numbers, about in acts:
            if st.button(title, key=f"duplicates.conflicts.{name}"):
                _ask(workspace, action, numbers, about)


def _table(workspace: Workspace, found: Sequence[Same], key: str) -> Same | None:
    """The groups, the largest first; gives the one that is ticked."""
    listed = found[:MOST]
    most = f"The largest {MOST:,} of {len(found):,} groups. " if len(found) > MOST else ""
    st.caption(f"{most}Tick a row to see its samples.")
    rows = [
        {"samples": len(same.numbers), "answers": same.answers, "instruction": sample.instruction,
         "input": sample.input, "answer": sample.output, "no.": same.numbers[0]}
        for same, sample in zip(listed, read_samples(workspace, [same.numbers[0] for same in listed]), strict=True)
    ]  # fmt: skip
    ticked = st.dataframe(
        visible_rows(rows), key=key, hide_index=True, width="stretch", on_select="rerun", selection_mode="single-row",
        height=38 + 35 * min(len(rows), 8),
    )["selection"]["rows"]  # fmt: skip
    return listed[ticked[0]] if ticked and ticked[0] < len(listed) else None


def _one(workspace: Workspace, same: Same, event: str) -> None:
    """One group: its answers, and the three choices."""
    # The keys name the group and the press, so that a late one cannot decide about another group (I2).
    key = f"{event}.{same.numbers[0]}"
    picked = _answers(workspace, same, f"duplicates.answers.{key}")
    others = [number for number in same.numbers if number != picked]
    acts: tuple[tuple[str, str, Action, list[int], bool], ...] = (
        ("all", "Keep all (accept)", "accept", list(same.numbers), False),
        ("picked", "Keep the ticked one", "reject", others, picked is None),
        ("none", "Reject all", "reject", list(same.numbers), False),
    )
    seen = workspace.last_decision()
    with st.container(horizontal=True, gap="small"):
        for name, title, action, numbers, is_off in acts:
            decision = Decision(action, reviewer(workspace), event=f"{event}.{name}")
            st.button(
                title, key=f"duplicates.answers.{name}.{key}", disabled=is_off, on_click=carry_out,
                args=(workspace, Act(tuple(numbers), decision, seen)),
            )  # fmt: skip


def _answers(workspace: Workspace, same: Same, key: str) -> int | None:
    """What the samples of a group answer; gives the number of the one that is ticked."""
    numbers = same.numbers[:MOST]
    rows = [
        {"instruction": sample.instruction, "answer": sample.output, "no.": number}
        for number, sample in zip(numbers, read_samples(workspace, list(numbers)), strict=True)
    ]
    ticked = st.dataframe(
        visible_rows(rows), key=key, hide_index=True, width="stretch", on_select="rerun", selection_mode="single-row",
        height=38 + 35 * min(len(rows), 8),
    )["selection"]["rows"]  # fmt: skip
    return numbers[ticked[0]] if ticked and ticked[0] < len(rows) else None


def _ask(workspace: Workspace, action: Action, numbers: Sequence[int], about: str) -> None:
    ask(workspace, PLACE, numbers, Decision(action, reviewer(workspace)), about)


def _undo(workspace: Workspace) -> None:
    try:
        taken_back = undo(workspace, reviewer(workspace))
    except CurationError as error:
        tell(plain(str(error)))
    else:
        tell(f"Undone for {count_of(len(taken_back), 'sample', 'samples')}.")
