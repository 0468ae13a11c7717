"""What a widget shows, where that is kept elsewhere."""

import streamlit as st


def hold(key: str, value: object, *shape: object) -> None:
    """Let the widget of this key show a value.

    It is set only where the widget has another one, or where its shape (ends, options) changed: a value that is set
    is sent to the browser, and what a reader is typing or dragging at that moment would be taken back.
    """
    before = f"{key} shape"
    if key not in st.session_state or st.session_state[key] != value or st.session_state.get(before) != shape:
        st.session_state[key] = value
    st.session_state[before] = shape
