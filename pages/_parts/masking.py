"""Text with personal data masked, which is shown only to who asks for it."""

import streamlit as st

from curation.signals.private_spans import masked
from pages._parts.plain import visible


def show_masked(text: str) -> None:
    """One text of a sample; e-mail addresses, numbers and keys in it are replaced by their kind."""
    st.text(visible(masked(text)))
    offer(text)


def offer(text: str) -> None:
    """Below a text that is shown masked: the whole of it, for who asks; nothing where nothing in it is masked."""
    if masked(text) != text:
        with st.popover("Personal data is masked: show it", icon=":material/visibility:"):
            st.text(visible(text))
