"""Under which name decisions are noted."""

import streamlit as st

from curation.store import Workspace
from curation.store.settings import write_setting
from pages._parts.workspace import REVIEWER, reviewer

KEY = "settings.reviewer"


def show_reviewer(workspace: Workspace) -> None:
    """Let the reader change the name; earlier decisions keep theirs."""

    def change() -> None:
        name = " ".join(st.session_state[KEY].split())
        if name:
            write_setting(workspace, REVIEWER, name)
        else:
            st.session_state[KEY] = reviewer(workspace)

    st.session_state.setdefault(KEY, reviewer(workspace))
    st.text_input(
        "Your name", key=KEY, max_chars=80, on_change=change, help="Noted with each decision; earlier ones keep theirs."
    )
