"""Text with personal data masked, which is shown only to who asks for it."""

import streamlit as st

from curation.signals.private_spans import masked
from pages._parts.plain import visible


def show_masked(text: str) -> None:
    """One text of a sample; e-mail addresses, numbers and keys in it are replaced by their kind."""
    hidden = masked(text)
    st.text(visible(hidden))
    if hidden != text:
        with st.popover("Personal data is masked: show it", icon=":material/visibility:"):
            st.text(visible(text))
