"""How far reviewers agree: in all, two by two, per answer, within clusters, and each with themselves."""

from collections.abc import Sequence

import streamlit as st

from curation.reviewing.agreement import Agreement, Estimate
from curation.stages.agreement import Own, Together, Two, agreements, by_label
from curation.store import Workspace
from curation.store.labelled import list_labelled
from curation.store.rounds import read_rounds
from pages._parts.agreement_disputed import AMONG, show_disputed
from pages._parts.agreement_matrix import show_matrix
from pages._parts.agreement_words import UNKNOWN, between, meaning, told
from pages._parts.cells import visible_rows
from pages._parts.plain import visible
from pages._parts.titles import title_of

ROUND = "agreement.round"
FEW = 2


def show_numbers(workspace: Workspace) -> None:
    """Choose a round or all decisions; every number of it, then the samples that are disputed."""
    rounds = {one.number: one for one in read_rounds(workspace)}
    number = st.selectbox(
        "Decisions", [0, *rounds], key=ROUND, width=420,
        format_func=lambda key: f"{key}: {visible(rounds[key].name)}" if key else "All decisions",
    )  # fmt: skip
    together = agreements(workspace, number)
    found = together.everybody
    if not found.samples:
        st.info(meaning(found))
        _ways_on()
        return
    _in_all(found, len(together.each))
    st.caption(meaning(found))
    left, right = st.columns([2, 3], gap="large")
    with left:
        show_matrix(together.pairs, _choose)
    with right:
        _tables(workspace, together, number)
    show_disputed(workspace, together, number)


def _choose(names: tuple[str, str]) -> None:
    st.session_state[AMONG] = " and ".join(sorted(names))


def _ways_on() -> None:
    with st.container(horizontal=True):
        st.button("Start a round", key="agreement.start", icon=":material/groups:", on_click=_to_rounds)
        st.page_link("pages/review.py", label="Review samples", icon=":material/rate_review:")


def _to_rounds() -> None:
    st.session_state["agreement.view"] = "Rounds"


def _in_all(found: Agreement, reviewers: int) -> None:
    kappa = ("Cohen's κ", found.cohen) if reviewers == FEW else ("Fleiss' κ", found.fleiss)
    columns = st.columns(6)
    opinions = f"{found.accepts:,} accept, {found.rejects:,} reject"
    for column, title, number, beneath in (
        (columns[0], "Shared samples", found.samples, f"{found.disputed:,} disputed"),
        (columns[1], "Opinions on them", found.accepts + found.rejects, opinions),
    ):
        column.metric(title, f"{number:,}", beneath, delta_color="off", delta_arrow="off")
    shown: tuple[tuple[str, Estimate, str], ...] = (
        ("Same answer", found.raw, "Share of pairs of opinions on one sample that are the same."),
        ("Krippendorff's α", found.alpha, "1: all agree; 0: as much as by chance. It copes with missing opinions."),
        (*kappa, "Agreement beyond chance. Fleiss' κ is over samples with the most common number of opinions."),
        ("On accept | reject", found.accepting, "Of the opinions that accept (reject), how often another one agrees."),
    )
    for column, (title, one, why) in zip(columns[2:], shown, strict=True):
        pair = title.startswith("On ")
        value = f"{one.value:.2f}" if one.is_known else UNKNOWN
        other = f"{found.rejecting.value:.2f}" if found.rejecting.is_known else UNKNOWN
        column.metric(
            title, f"{value} | {other}" if pair else value,
            None if pair or not one.is_known else f"95 %: {between(one)}",
            delta_color="off", delta_arrow="off", help=why,
        )  # fmt: skip


def _tables(workspace: Workspace, together: Together, number: int) -> None:
    view = st.segmented_control(
        "By", ["Pairs", "Clusters and labels", "Each with themselves"], default="Pairs", required=True,
        key="agreement.by", label_visibility="collapsed",
    )  # fmt: skip
    if view == "Pairs":
        _table([_of_two(two) for two in together.pairs], "agreement.pairs")
    elif view == "Clusters and labels":
        _groups(workspace, number)
    else:
        _table([_of_one(own) for own in together.each], "agreement.own")
        st.caption("A round can show a share of the samples to the same person twice, unmarked. This is how often "
                   "they gave the same answer.")  # fmt: skip


def _groups(workspace: Workspace, number: int) -> None:
    kinds = list(list_labelled(workspace))
    if not kinds:
        st.info("The samples have no labels yet. Measure them, or draw the map to get clusters.")
        return
    kind = st.selectbox(
        "Within", kinds, kinds.index("cluster") if "cluster" in kinds else 0, format_func=title_of,
        key="agreement.kind",
    )  # fmt: skip
    rows = [{"label": label} | _row(found) for label, found in by_label(workspace, kind, number)]
    if rows:
        _table(rows, f"agreement.groups.{kind}")
        st.caption("The least agreed on first: that is where the guidelines need a better word.")
    else:
        st.info("No label has five samples that several people decided on.")


def _table(rows: Sequence[dict[str, object]], key: str) -> None:
    st.dataframe(visible_rows(rows), key=key, hide_index=True, width="stretch", height=38 + 35 * min(len(rows), 9))


def _of_two(two: Two) -> dict[str, object]:
    return {"reviewers": f"{two.first} and {two.second}", "κ": told(two.agreement.cohen)} | _row(two.agreement)


def _of_one(own: Own) -> dict[str, object]:
    return {
        "reviewer": own.reviewer,
        "accepts": own.accepts,
        "rejects": own.rejects,
        "shown twice": own.twice.samples,
        "same answer": told(own.twice.raw),
        "κ with themselves": told(own.twice.cohen),
    }


def _row(found: Agreement) -> dict[str, object]:
    return {
        "α": told(found.alpha),
        "same answer": told(found.raw),
        "samples": found.samples,
        "disputed": found.disputed,
        "accepts": found.accepts,
        "rejects": found.rejects,
    }
