"""Text of the practice model: left out of an export unless the reader asks for it."""

from collections.abc import Sequence

import streamlit as st

from curation.stages.planning import count_practice
from curation.store import Workspace
from pages._parts.titles import count_of


def choose_practice(workspace: Workspace, states: Sequence[str]) -> bool:
    """Offer the switch where there is such text, and give whether it is to be exported."""
    held = count_practice(workspace, states)
    return bool(held) and st.toggle(
        f"Text of the practice model too ({held:,})",
        key="export.practice",
        help="It is made up by rule, for trying things out, and is no data to train on.",
    )


def show_practice(workspace: Workspace, states: Sequence[str], practice: bool) -> None:
    """Say how many are left out, or that they go with the rest."""
    held = count_practice(workspace, states)
    if not held:
        return
    samples = count_of(held, "sample", "samples")
    if practice:
        st.warning(
            f"{samples} of the practice model will be exported. They are no data to train on; the data set card and "
            "the manifest say so.",
            icon=":material/science:",
        )
    else:
        st.info(
            f"{samples} of the practice model are left out: made up by rule, to try Sift.", icon=":material/science:"
        )
