"""In which order the queue comes, why the sample on screen is next, and how much of all would be accepted."""

import streamlit as st

from curation.reviewing.doubt import Part
from curation.reviewing.estimating import WISHED, Share
from curation.reviewing.orders import ORDERS
from curation.stages.acceptance import share_accepted
from curation.stages.doubting import reasons_for
from curation.store import Workspace
from pages._parts.plain import visible
from pages._parts.review_walk import current
from pages._parts.titles import count_of, title_of

STATE = "review.share"
EVERY = 5
"""The estimate is made anew after so many decisions."""
DOUBTFUL = "doubtful"


def choose_queue() -> str:
    """The name of the chosen order."""
    chosen: str = st.selectbox(
        "Order", list(ORDERS), key="review.order", label_visibility="collapsed", persist_state="session",
        format_func=lambda name: ORDERS[name].label(),
    )  # fmt: skip
    return chosen


def show_why(workspace: Workspace, number: int) -> None:
    """What brought a sample forward, where the queue goes by doubt."""
    if current().wanted.order == DOUBTFUL:
        reasons = [_in_words(part) for part in reasons_for(workspace, number)]
        st.text(visible(f"Next because: {'; '.join(reasons)}." if reasons else "Nothing makes it doubtful."))


def show_end() -> bool:
    """What to say at the end of a queue of decided samples; false where the queue is of open ones."""
    order = ORDERS[current().wanted.order]
    if order.among == "open":
        return False
    st.success(
        "There is nothing left here that waits for a second opinion from you." if order.among == "second opinions"
        else "There is nothing left here on which people disagree.", icon=":material/check:",
    )  # fmt: skip
    return True


def show_share(workspace: Workspace) -> None:
    """About how many of the samples of this queue would be accepted, made anew from time to time."""
    facets = current().wanted.facets
    key = (facets, workspace.last_decision() // EVERY)
    kept: tuple[object, Share | None] | None = st.session_state.get(STATE)
    if kept is None or kept[0] != key:
        kept = st.session_state[STATE] = (key, share_accepted(workspace, facets))
    if kept[1]:
        st.caption(_sentence(kept[1]))


def _sentence(share: Share) -> str:
    aim = f"± {100 * WISHED:.0f} points"
    more = f"about {count_of(share.missing, 'more decision', 'more decisions')} for {aim}" if share.missing else aim
    return (
        f"About {share.value:.0%} would be accepted ({share.low:.0%} to {share.high:.0%}, by {share.labels:,} "
        f"decisions that came by chance); {more}."
    )


def _in_words(part: Part) -> str:
    if part.kind == "judges":
        return f"judges disagree on {part.about}"
    if part.kind == "bound":
        return f"close to the bound of “{title_of(part.about)}”"
    if part.kind == "duplicate":
        return "nearly a near-duplicate, or only just one"
    return "few of its cluster have been looked at"
