"""Groups of samples that are the same or nearly so, and what one of them holds."""

import secrets

import streamlit as st

from curation.errors import CurationError
from curation.stages.comparing import Groups
from curation.stages.curating import keep_instead
from curation.store import Workspace
from curation.store.samples import read_samples
from pages._parts.cells import SIMILARITY, visible_rows
from pages._parts.plain import plain
from pages._parts.workspace import reviewer

MOST = 500
SWAP = "duplicates.swap"


def show_groups(workspace: Workspace, groups: Groups, key: str) -> None:
    """A table of the largest groups; the one that is ticked shows its members, and another can be chosen to stay."""
    listed = groups.listed(MOST)
    if groups.count > MOST:
        st.caption(f"The largest {MOST:,} of {groups.count:,} groups. Tick a row to see its members.")
    else:
        st.caption("Tick a row to see its members.")
    kept = read_samples(workspace, [group.kept for group in listed])
    rows = [
        {"samples": group.size, "least similarity": group.least, "instruction": sample.instruction,
         "input": sample.input, "no.": group.kept}
        for group, sample in zip(listed, kept, strict=True)
    ]  # fmt: skip
    ticked = st.dataframe(
        visible_rows(rows), key=key, hide_index=True, width="stretch", on_select="rerun", selection_mode="single-row",
        height=38 + 35 * min(len(rows), 8),
        column_config={"least similarity": SIMILARITY},
    )["selection"]["rows"]  # fmt: skip
    if ticked and ticked[0] < len(listed):
        _members(workspace, groups, listed[ticked[0]].kept)


def _members(workspace: Workspace, groups: Groups, kept: int) -> None:
    members = [(kept, 1.0), *groups.members(kept)[:MOST]]
    samples = read_samples(workspace, [number for number, _ in members])
    rows = [
        {"stays": number == kept, "similarity": similarity, "instruction": sample.instruction,
         "input": sample.input, "answer": sample.output, "no.": number}
        for (number, similarity), sample in zip(members, samples, strict=True)
    ]  # fmt: skip
    height = 38 + 35 * min(len(rows), 10)
    # The key names the choice, so that a press that comes late cannot choose in another group (I2).
    event = st.session_state.setdefault(SWAP, secrets.token_hex(8))
    ticked = st.dataframe(
        visible_rows(rows), hide_index=True, width="stretch", height=height, column_config={"similarity": SIMILARITY},
        key=f"duplicates.members.{event}.{kept}", on_select="rerun", selection_mode="single-row",
    )["selection"]["rows"]  # fmt: skip
    instead = members[ticked[0]][0] if ticked and ticked[0] < len(members) else kept
    st.button(
        "Keep the ticked one instead", key=f"{SWAP}.{event}.{kept}", shortcut="S", icon=":material/swap_vert:",
        disabled=instead == kept, on_click=_swap, args=(workspace, event, kept, instead),
        help="It stays from now on, at any threshold at which the two are the same. U takes it back.",
    )  # fmt: skip


def _swap(workspace: Workspace, event: str, kept: int, instead: int) -> None:
    if st.session_state.get(SWAP) != event:
        return
    try:
        keep_instead(workspace, kept, instead, (reviewer(workspace), event))
    except CurationError as error:
        st.toast(plain(str(error)))
        return
    st.session_state[SWAP] = secrets.token_hex(8)
    st.toast(f"Sample {instead} stays now instead of {kept}.")
