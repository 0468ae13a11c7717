"""The samples that are disputed, with what each person says of them."""

import streamlit as st

from curation.stages.adjudicating import read_case
from curation.stages.agreement import Together, disputed
from curation.store import Workspace
from curation.store.opinions import Opinion
from curation.store.samples import read_samples
from pages._parts.card import show_text
from pages._parts.cells import less_empty, visible_rows
from pages._parts.plain import visible
from pages._parts.titles import count_of

AMONG = "agreement.among"
EVERYBODY = "everybody"
LISTED = 200
SAID = {"accept": "accepts", "reject": "rejects"}


def show_disputed(workspace: Workspace, together: Together, number: int) -> None:
    """Choose who disagrees; the samples; the one that is picked with the opinions on it."""
    st.subheader("Disputed samples")
    pairs = {f"{two.first} and {two.second}": (two.first, two.second) for two in together.pairs}
    if st.session_state.get(AMONG, EVERYBODY) not in pairs:
        st.session_state[AMONG] = EVERYBODY
    among = st.selectbox("Disputed by", [EVERYBODY, *pairs], key=AMONG, format_func=visible, width=420)
    numbers = disputed(workspace, pairs.get(among, ()), number)
    if not numbers:
        st.caption("They agree on every sample that they share.")
        return
    listed = numbers[:LISTED]
    rows = [
        {"number": sample, "instruction": text.instruction, "answer": text.output}
        for sample, text in zip(listed, read_samples(workspace, listed), strict=True)
    ]
    st.caption(f"{count_of(len(numbers), 'sample', 'samples')}. Tick one to see what each person says of it.")
    picked = st.dataframe(
        visible_rows(rows), key=f"agreement.disputed.{number}.{among}", hide_index=True, width="stretch", height=250,
        on_select="rerun", selection_mode="single-row",
    )["selection"]["rows"]  # fmt: skip
    if picked and picked[0] < len(listed):
        left, right = st.columns([3, 2], gap="large")
        (sample,) = read_samples(workspace, [listed[picked[0]]])
        with left:
            show_text(sample)
        with right:
            case = read_case(workspace, listed[picked[0]])
            show_opinions(case.opinions, case.settled)
            st.page_link("pages/review.py", label="Open it on Review", query_params={"sample": sample.id})


def show_opinions(opinions: list[Opinion], settled: Opinion | None) -> None:
    """What each person says and why, and what an expert said finally."""
    said = [(one, SAID[one.action]) for one in opinions]
    said += [(settled, f"{SAID[settled.action]}, finally")] if settled else []
    rows = [{"who": one.reviewer, "says": words, "why": one.reason, "when (UTC)": one.made} for one, words in said]
    st.dataframe(visible_rows(less_empty(rows)), hide_index=True, width="stretch")
