"""What keeps samples apart, and which of several stays."""

from functools import lru_cache

import streamlit as st

from curation.duplicates import FEATURES
from curation.recipe import PREFERENCES, Duplicates
from curation.store import Workspace
from curation.store.signals import list_measured
from pages._parts.titles import title_of

UNLESS = "duplicates.unless"
PREFER = "duplicates.prefer"
JUDGE = "duplicates.judge"
WORDS = {
    "accepted": "accepted by a person", "judge score": "higher judge score", "longest": "longer answer",
    "earliest": "earlier sample",
}  # fmt: skip


def choose_unless(wanted: Duplicates) -> Duplicates:
    """Which features keep samples apart where they differ."""
    st.session_state.setdefault(UNLESS, list(wanted.unless))
    chosen = st.multiselect(
        "Never the same where these differ", FEATURES, key=UNLESS, persist_state="session", placeholder="nothing",
        help="Found by plain rules in the compared texts. Pairs that you labelled as duplicates stay duplicates.",
    )  # fmt: skip
    return wanted.model_copy(update={"unless": tuple(feature for feature in FEATURES if feature in chosen)})


def choose_prefer(workspace: Workspace, wanted: Duplicates) -> Duplicates:
    """Which one of a group stays: the first choice that tells two apart decides."""
    st.session_state.setdefault(PREFER, list(wanted.prefer))
    chosen = st.multiselect(
        "Which one stays", PREFERENCES, key=PREFER, persist_state="session", format_func=WORDS.__getitem__,
        placeholder="earlier sample",
        help="The first of these that tells two samples apart decides; take them out and pick them again to reorder. "
        "What you chose to stay in a group comes before all, and what is out by a rule or a person after all.",
    )  # fmt: skip
    judge = ""
    if "judge score" in chosen:
        numbers = _numeric(workspace, workspace.changes)
        st.session_state.setdefault(JUDGE, wanted.judge_score if wanted.judge_score in numbers else "")
        judge = st.selectbox(
            "Judge score", ["", *numbers], key=JUDGE, persist_state="session",
            format_func=lambda name: title_of(name) if name else "none",
            help="Any number that was measured; higher is better.",
        )  # fmt: skip
    return wanted.model_copy(update={"prefer": tuple(chosen), "judge_score": judge})


@lru_cache(maxsize=2)
def _numeric(workspace: Workspace, _changes: int) -> tuple[str, ...]:
    """Signals that are numbers, those of judges first."""
    names = [name for name, one in list_measured(workspace).items() if one.numbers]
    return tuple(sorted(names, key=lambda name: (not name.startswith("judge: "), name)))
