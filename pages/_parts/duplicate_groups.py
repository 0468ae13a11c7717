"""Groups of samples that are the same or nearly so, and what one of them holds."""

import streamlit as st

from curation.stages.comparing import Groups
from curation.store import Workspace
from curation.store.samples import read_samples
from pages._parts.cells import SIMILARITY, visible_rows

MOST = 500


def show_groups(workspace: Workspace, groups: Groups, key: str) -> None:
    """A table of the largest groups; the one that is ticked shows its members below."""
    listed = groups.listed[:MOST]
    if len(groups.listed) > MOST:
        st.caption(f"The largest {MOST:,} of {len(groups.listed):,} groups. Tick a row to see its members.")
    else:
        st.caption("Tick a row to see its members.")
    kept = read_samples(workspace, [group.kept for group in listed])
    differ = any(group.least < 1 for group in listed)
    rows = [
        {"samples": group.size, **({"least similarity": group.least} if differ else {}),
         "instruction": sample.instruction, "input": sample.input, "no.": group.kept}
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
    st.dataframe(
        visible_rows(rows), hide_index=True, width="stretch", height=38 + 35 * min(len(rows), 10),
        column_config={"similarity": SIMILARITY},
    )  # fmt: skip
