"""Labelling pairs with D and N."""

import secrets

import streamlit as st

from curation.duplicates import LABELS, Pair
from curation.errors import CurationError
from curation.stages.calibrating import next_pair
from curation.stages.comparing import Comparison
from curation.store import Workspace
from curation.store.pair_labels import Label, Said, add_pair_label, undo_pair_label
from curation.store.samples import read_samples
from pages._parts.duplicate_costs import show_costs
from pages._parts.duplicate_pairs import show_pair
from pages._parts.plain import plain
from pages._parts.workspace import reviewer

EVENT = "duplicates.event"
NEAR, SPREAD = "near the threshold", "to propose a threshold"


def show_labels(workspace: Workspace, found: Comparison, threshold: float) -> None:
    """The pair in hand with its keys, and below it what all labels say together."""
    which = st.segmented_control(
        "Pairs to label", [NEAR, SPREAD], default=NEAR, required=True, key="duplicates.which", persist_state="session",
        help="Near the threshold: does it cut in the right place? To propose one: over all similarities, then also "
        f"where your labels lean. After {LABELS} labels of both kinds a threshold is proposed.",
    )  # fmt: skip
    pair = next_pair(found, found.labels, threshold if which == NEAR else None)
    _keys(workspace, pair)
    if pair is None:
        st.success("Every pair is labelled.", icon=":material/check:")
    else:
        first, second = read_samples(workspace, [pair.a, pair.b])
        show_pair(found, pair, (first, second))
    show_costs(found, threshold)


def _keys(workspace: Workspace, pair: Pair | None) -> None:
    # The keys of the widgets name the press, so that a late one cannot land on the next pair (I2).
    event = st.session_state.setdefault(EVENT, secrets.token_hex(8))
    acts: tuple[tuple[Label, str, str, str], ...] = (
        ("duplicate", "Duplicates", "D", ":material/content_copy:"),
        ("distinct", "Not duplicates", "N", ":material/call_split:"),
    )
    with st.container(horizontal=True, gap="small"):
        for label, title, key, icon in acts:
            st.button(
                title, key=f"duplicates.{label}.{event}", shortcut=key, icon=icon, disabled=pair is None,
                on_click=_say, args=(workspace, event, pair, label),
                help="Never removed one for the other from now on." if label == "distinct" else None,
            )  # fmt: skip
        st.button(
            "Undo", key=f"duplicates.undo.{event}", shortcut="U", icon=":material/undo:", on_click=_undo,
            args=(workspace, event),
        )  # fmt: skip


def _say(workspace: Workspace, event: str, pair: Pair, label: Label) -> None:
    if st.session_state.get(EVENT) != event:
        return
    add_pair_label(workspace, Said(pair.a, pair.b, label, reviewer(workspace), event))
    st.session_state[EVENT] = secrets.token_hex(8)


def _undo(workspace: Workspace, event: str) -> None:
    if st.session_state.get(EVENT) != event:
        return
    st.session_state[EVENT] = secrets.token_hex(8)
    try:
        a, b = undo_pair_label(workspace, reviewer(workspace))
    except CurationError as error:
        st.toast(plain(str(error)))
        return
    st.toast(f"Undone for samples {a} and {b}.")
