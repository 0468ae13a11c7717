"""The mark of text of the practice model: on every card and wherever such text appears."""

import streamlit as st

from curation.practice import PRACTICE_MODEL
from curation.stages.known import known_origins
from curation.store import Workspace


def practice_mark() -> None:
    """Say that what follows is of the practice model."""
    st.badge(
        "practice model", icon=":material/science:", color="orange", help="Made up by rule, for trying things out."
    )


def mark_practice(workspace: Workspace, number: int) -> None:
    """Mark a sample in which the practice model had a part."""
    if any(origin.model == PRACTICE_MODEL for origin in known_origins(workspace, number)):
        practice_mark()
