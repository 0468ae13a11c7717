"""Good ones lost: what people said of the samples that rules remove."""

import streamlit as st

from curation.recipe import Outs
from curation.stages.impact import Lost, good_ones_lost
from curation.store import Workspace
from pages._parts.cells import WHOLE, visible_rows
from pages._parts.titles import count_of, title_of

SHARE = st.column_config.NumberColumn(format="percent")


def show_lost(workspace: Workspace, found: Outs) -> None:
    """The share of good ones among the removed with its interval, in all and by rule."""
    whole, each = good_ones_lost(workspace, found)
    if not whole.removed:
        st.caption("The draft removes nothing, so nothing good is lost.")
        return
    if not whole.decided:
        st.info(
            f"Nobody has accepted or rejected any of the {whole.removed:,} samples that the draft removes, so how many "
            "good ones are lost is not known. Review some of them: about 30 give a first idea."
        )
        st.page_link("pages/review.py", label="Review samples")
        return
    st.metric(
        "Estimated good ones lost",
        f"{whole.accepted / whole.decided:.0%} of {whole.removed:,}",
        f"{whole.low:.0%} to {whole.high:.0%}: {whole.low * whole.removed:,.0f} to {whole.high * whole.removed:,.0f}",
        delta_color="off",
        delta_arrow="off",
    )
    decisions = count_of(whole.decided, "decision", "decisions")
    st.caption(
        f"It rests on {decisions} of people about removed samples, of which {whole.accepted:,} "
        f"{'was' if whole.accepted == 1 else 'were'} accepted (Wilson's interval, 95 %). It holds if the samples that "
        "were looked at are like the others that are removed."
    )
    st.dataframe(
        visible_rows([_row(signal, lost) for signal, lost in each.items()]),
        key="filters.people",
        hide_index=True,
        width="stretch",
        column_config=dict.fromkeys(["removes", "decided", "accepted"], WHOLE)
        | dict.fromkeys(["good", "from", "to"], SHARE),
    )


def _row(signal: str, lost: Lost) -> dict[str, object]:
    known = bool(lost.decided)
    return {
        "rule": title_of(signal),
        "removes": lost.removed,
        "decided": lost.decided,
        "accepted": lost.accepted,
        "good": lost.accepted / lost.decided if known else None,
        "from": lost.low if known else None,
        "to": lost.high if known else None,
    }
