"""Which documents to make samples from: an upload, or a file or folder on this computer."""

from pathlib import Path

import streamlit as st
from pydantic.fields import FieldInfo

from pages._parts.generate_table import uploaded

WAYS = ("A path on this computer", "Upload one document")


def choose_documents(field: FieldInfo, key: str) -> Path | None:
    """Let the reader choose, None while nothing is chosen."""
    way = st.segmented_control(
        "Documents", WAYS, default=WAYS[0], required=True, key=f"{key}.way", help=field.description
    )
    if way == WAYS[0]:
        typed = st.text_input("Path", key=f"{key}.path", placeholder="/data/manuals").strip()
        return Path(typed).expanduser() if typed else None
    st.caption("It is kept while this tab is open. Give a path where a run is to be resumed later.")
    return uploaded(key)
