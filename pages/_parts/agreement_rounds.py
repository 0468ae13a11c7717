"""Review rounds: what goes on and how far it is, a calibration side by side, and the form that starts one."""

from collections.abc import Sequence
from secrets import randbelow

import streamlit as st

from curation.errors import CurationError
from curation.facets import Facets
from curation.reviewing.orders.in_round import InRound
from curation.stages.rounds import CALIBRATION, MOST_REPEATS, Wanted, end_round, side_by_side, start_round
from curation.store import Workspace
from curation.store.browse import numbers_of
from curation.store.rounds import APART, EVERYBODY, NewRound, Round, opinions_in, read_rounds
from curation.store.samples import read_samples
from pages._parts.cells import visible_rows
from pages._parts.plain import plain
from pages._parts.titles import count_of
from pages._parts.workspace import reviewer

OVERLAP, TOGETHER = "Several decide on each sample", "Calibration: all decide on the same samples"
TOLD = "agreement.told"
KIND, NAME, PEOPLE = "agreement.new.kind", "agreement.new.name", "agreement.new.people"
SAMPLES, REPEATS = "agreement.new.samples", "agreement.new.repeats"
ORDER = "review.order"
"""The widget on Review that holds in which order samples come."""


def show_rounds(workspace: Workspace, facets: Facets) -> None:
    """The rounds, newest first, and the form."""
    said = st.session_state.pop(TOLD, "")
    if said:
        st.toast(plain(said))
    found = read_rounds(workspace)
    left, right = st.columns([3, 2], gap="large")
    with left:
        if not found:
            st.info(
                "There is no round yet. In a round several people decide on the same samples, and nobody sees what the "
                "others said before they have had their own say."
            )
        for one in found:
            _show(workspace, one)
    with right:
        _form(workspace, facets)


def _show(workspace: Workspace, one: Round) -> None:
    with st.container(border=True):
        st.markdown(f"**{plain(one.name)}**{'' if one.ended is None else ' · ended'}")
        who = "everybody" if one.overlap == EVERYBODY else f"{one.overlap} people"
        again = f", {one.repeats:.0%} of them twice" if one.repeats else ""
        st.caption(
            f"{count_of(one.samples, 'sample', 'samples')} for {who}{again} · {one.agreed:,} decided · "
            f"{one.disputed:,} for an expert · started by {plain(one.reviewer)}, {one.made:%Y-%m-%d %H:%M} UTC"
        )
        for name, number in opinions_in(workspace, one.number):
            st.progress(number / one.samples, text=f"{plain(name)}: {number:,} of {one.samples:,}")
        with st.container(horizontal=True):
            if one.ended is None and st.button("Review", key=f"agreement.round.{one.number}.review",
                                               icon=":material/rate_review:"):  # fmt: skip
                st.session_state[ORDER] = InRound.name
                st.switch_page("pages/review.py")
            shown = st.toggle("Side by side", key=f"agreement.round.{one.number}.aside")
            if one.ended is None:
                st.button(
                    "End the round", key=f"agreement.round.{one.number}.end",
                    on_click=_end, args=(workspace, one.number),
                    help="Where the opinions that are there agree, they decide. The rest goes to an expert.",
                )  # fmt: skip
        if shown:
            _aside(workspace, one)


def _aside(workspace: Workspace, one: Round) -> None:
    rows = side_by_side(workspace, one.number)
    if not rows:
        st.caption("Nobody has decided yet.")
        return
    texts = read_samples(workspace, [row.sample for row in rows])
    st.dataframe(
        visible_rows([
            {"differ": row.is_disputed, "number": row.sample, "instruction": text.instruction} | row.said
            for row, text in zip(rows, texts, strict=True)
        ]),
        key=f"agreement.round.{one.number}.table", hide_index=True, width="stretch",
    )  # fmt: skip


def _form(workspace: Workspace, facets: Facets) -> None:
    st.subheader("Start a round")
    kind = st.radio("What kind", [OVERLAP, TOGETHER], key=KIND)
    is_together = kind == TOGETHER
    st.text_input("Name", key=NAME, max_chars=80, placeholder="for example: first 200")
    st.number_input("People on each sample", 2, 20, 2, key=PEOPLE, disabled=is_together)
    st.number_input("Samples", 1, 100_000, CALIBRATION if is_together else 200, key=f"{SAMPLES}.{kind}")
    st.slider(
        "Shown twice to the same person, unmarked", 0, int(100 * MOST_REPEATS), 0 if is_together else 10,
        format="%d %%", key=f"{REPEATS}.{kind}",
        help=f"A sample comes again once the person has decided on {APART} others. "
        "It measures how far people agree with themselves.",
    )  # fmt: skip
    st.caption(
        "Chosen at random from "
        + ("what the filters in the sidebar leave" if facets else "all samples")
        + "; those that are decided on already, or in another round, are passed over."
    )
    st.button("Start", key="agreement.new.start", type="primary", on_click=_start, args=(workspace, facets))


def _start(workspace: Workspace, facets: Facets) -> None:
    """What is typed is read now: it may have come with this very press."""
    typed = st.session_state
    kind, name = typed[KIND], typed[NAME].strip()
    overlap = EVERYBODY if kind == TOGETHER else int(typed[PEOPLE])
    about = NewRound(name, overlap, typed[f"{REPEATS}.{kind}"] / 100, reviewer(workspace))
    try:
        among: Sequence[int] = numbers_of(workspace, facets).tolist()
        start_round(workspace, about, Wanted(among, int(typed[f"{SAMPLES}.{kind}"]), seed=randbelow(2**31)))
    except CurationError as error:
        typed[TOLD] = str(error)
        return
    typed[TOLD] = f"The round “{name}” goes on. Its samples are in the queue on Review."
    typed[NAME] = ""


def _end(workspace: Workspace, number: int) -> None:
    try:
        end_round(workspace, number)
    except CurationError as error:
        st.session_state[TOLD] = str(error)
