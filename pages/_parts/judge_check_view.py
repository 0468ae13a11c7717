"""Judges against people: every criterion of every judge beside what people decided, and one of them closely."""

import streamlit as st

from curation.reviewing.correlating import FEWEST
from curation.stages.judge_check import Checked, check_judges, share
from curation.store import Workspace
from pages._parts.cells import visible_rows
from pages._parts.judge_check_detail import show_detail
from pages._parts.judge_check_words import number, percent
from pages._parts.plain import visible
from pages._parts.titles import count_of, title_of

WHICH = "judge_check.which"
COLUMNS = {
    name: st.column_config.TextColumn(help=meaning)
    for name, meaning in {
        "accepted": "Judged samples that people accepted, of those that they decided on",
        "same": "How often judge and people say the same",
        "κ": "Cohen's κ: agreement beyond chance",
        "α": "Krippendorff's α, nominal",
        "rank": "Spearman's correlation of the score with accept and reject",
        "rating": "Spearman's correlation of the score with ratings by people",
        "length": "Rank correlation of score and length, accept and reject held fixed",
        "flips": "Pairs on which the judge changed its mind when their order was swapped",
        "twice": "How often it said the same when it was asked twice",
    }.items()
}


def show_check(workspace: Workspace) -> None:
    """The table of all criteria, then the one that is chosen."""
    found = check_judges(workspace)
    if not found:
        st.info("No judge has judged anything yet. Choose samples above and press Judge.")
        return
    ready = [one for one in found if one.is_ready]
    if not ready:
        most = max(one.decided for one in found)
        st.info(
            f"People have decided on {most} of the judged samples; from {FEWEST} on, a judge can be compared with "
            "them. A first idea takes about 100."
        )
        st.page_link("pages/review.py", label="Review samples", icon=":material/rate_review:")
        return
    _table(found)
    by_name = {one.signal: one for one in ready if one.bounds}
    if not by_name:
        return
    name = st.selectbox(
        "Look closely at", list(by_name), format_func=lambda signal: visible(title_of(signal)), key=WHICH
    )
    show_detail(workspace, by_name[name])


def _table(found: tuple[Checked, ...]) -> None:
    st.dataframe(
        visible_rows([_row(one) for one in found]), hide_index=True, width="stretch", key="judge_check.table",

        column_config=COLUMNS,
    )  # fmt: skip
    st.caption(
        "In brackets the 95 % interval; a heading says more when pointed at. Each score is compared as yes or no, at "
        "bounds that were proposed by other samples than those they are applied to. α from 0.80 on is reliable, from "
        "0.67 on tentative (Krippendorff). Where nearly everything is accepted κ and α are low however often both "
        "agree: look at the counts as well. "
        f"Nothing is said below {count_of(FEWEST, 'decision', 'decisions')}."
    )


def _row(one: Checked) -> dict[str, object]:
    flipped = sum(each.flipped for each in one.swaps)
    pairs = sum(each.pairs for each in one.swaps)
    return {
        "score": title_of(one.signal).removeprefix("Judge: "),
        "accepted": f"{one.accepted:,} of {one.decided:,}",
        "same": f"{one.held_out.exact:.0%}" if one.bounds else "",
        "κ": number(one.agreement.cohen),
        "α": number(one.agreement.alpha),
        "rank": number(one.rank),
        "rating": number(one.rating_rank),
        "length": number(one.length.partial),
        "flips": percent(share(flipped, pairs)),
        "twice": percent(one.retest.same) if one.retest else "",
    }
