"""In which order the queue comes, why the sample on screen is next, and how much of all would be accepted."""

import streamlit as st

from curation.facets import Facets
from curation.reviewing.doubt import Part
from curation.reviewing.estimating import WISHED, Share
from curation.reviewing.orders import ORDERS
from curation.stages.acceptance import share_accepted
from curation.stages.doubting import reasons_for
from curation.store import Workspace
from pages._parts.plain import visible
from pages._parts.review_walk import current
from pages._parts.titles import title_of

STATE = "review.share"
EVERY = 5
"""The estimate is made anew after so many decisions."""
DOUBTFUL = "doubtful"


def choose_queue() -> str:
    """The name of the chosen order."""
    chosen: str = st.selectbox(
        "Order", list(ORDERS), key="review.order", label_visibility="collapsed", persist_state="session",
        format_func=lambda name: ORDERS[name].label().partition(":")[0],
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


def share_in_words() -> str:
    """About how many of the samples of this queue would be accepted, as far as it was found out; "" for nothing yet."""
    key, share = _kept()
    if share is None or key[0] != current().wanted.facets:
        return ""
    more = f" ({share.missing:,} more for ± {100 * WISHED:.0f})" if share.missing else ""
    return f"about {share.value:.0%} ± {100 * share.half:.0f} would be accepted{more}"


def renew_share(workspace: Workspace) -> bool:
    """Find it out anew where some decisions came since; whether there is something new to show."""
    before = _kept()
    facets = current().wanted.facets
    key = (facets, workspace.last_decision() // EVERY)
    if before[0] == key:
        return False
    st.session_state[STATE] = (key, share_accepted(workspace, facets))
    return _kept()[1] != before[1]


def _kept() -> tuple[tuple[Facets, int], Share | None]:
    found: tuple[tuple[Facets, int], Share | None] = st.session_state.get(STATE, ((Facets(), -1), None))
    return found


def _in_words(part: Part) -> str:
    if part.kind == "judges":
        return f"judges disagree on {part.about}"
    if part.kind == "bound":
        return f"close to the bound of “{title_of(part.about)}”"
    if part.kind == "duplicate":
        return "nearly a near-duplicate, or only just one"
    return "few of its cluster have been looked at"
