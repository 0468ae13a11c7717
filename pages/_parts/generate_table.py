"""Which table to make samples from: one that comes with Sift, an upload, or a path."""

from collections.abc import Sequence
from pathlib import Path

import streamlit as st
from pydantic.fields import FieldInfo

from curation.stages.sample_project import sample_folder
from curation.stages.uploads import Upload

WAYS = ("A table that comes with Sift", "Upload a table", "A path on this computer")
FIRST = "sentiment"
TASK = "generate.templates.task"
UPLOAD = "upload"
KINDS = ["csv", "tsv", "jsonl", "ndjson", "json", "parquet"]


def choose_table(field: FieldInfo, key: str) -> Path | None:
    """Let the reader choose a table, None while nothing is chosen."""
    way = st.segmented_control("Table", WAYS, default=WAYS[0], required=True, key=f"{key}.way", help=field.description)
    if way == WAYS[0]:
        return _ours(key)
    if way == WAYS[1]:
        return uploaded(key, KINDS)
    typed = st.text_input("Path", key=f"{key}.path", placeholder="/data/reviews.csv").strip()
    return Path(typed).expanduser() if typed else None


def _ours(key: str) -> Path | None:
    """One of our tables; each is named after the task that it is labelled for, so choosing it chooses the task."""
    tables = sorted((sample_folder() / "tables").glob("*.csv"), key=lambda path: (path.stem != FIRST, path.stem))

    def fit() -> None:
        st.session_state[TASK] = st.session_state[f"{key}.ours"].stem

    return st.selectbox("Which", tables, key=f"{key}.ours", format_func=lambda path: path.name, on_change=fit)


def uploaded(key: str, kinds: Sequence[str] | None = None) -> Path | None:
    """The file is kept for as long as this tab holds it, so that a run can be repeated with other options."""
    given = st.file_uploader("File", type=kinds, key=f"{key}.file", label_visibility="collapsed")
    place = f"{key}.{UPLOAD}"
    if given is None:
        st.session_state.pop(place, None)
        return None
    kept = st.session_state.get(place)
    if kept is None or kept[0] != given.file_id:
        kept = st.session_state[place] = (given.file_id, Upload(given.name, given.getbuffer()))
    upload: Upload = kept[1]
    return upload.path
