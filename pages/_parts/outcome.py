"""What came of a press, told once on the next run."""

import streamlit as st

from pages._parts.plain import plain


def show_outcome(key: str) -> None:
    """Show and forget the ("success" or "error", words) that a callback left under this key, if it did."""
    kind, words = st.session_state.pop(key, ("", ""))
    if kind == "error":
        st.error(plain(words), icon=":material/error:")
    elif kind:
        st.success(plain(words), icon=":material/check:")
