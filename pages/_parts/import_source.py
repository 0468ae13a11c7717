"""Which file to import: uploaded, or named by its place."""

from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from curation import runs
from curation.errors import CurationError
from curation.methods import Layout
from curation.stages.importing import import_job
from curation.stages.uploads import Upload, clean_name
from curation.store import Workspace
from pages._parts.plain import plain

WAYS = ("Upload a file", "A path or a name on the Hub")
RUN = "import.run"
ROUND = "import.round"
UPLOAD = "import.upload"


@dataclass(frozen=True)
class Chosen:
    """What to read.

    Args:
        path: a path or Hub name.
        name: what it is called in front of the reader.
        key: begins the names of the widgets about it, so that another file starts afresh.
        upload: the private file behind the path, None where the reader named a place.
    """

    path: str
    name: str
    key: str
    upload: Upload | None = None


def choose_source() -> Chosen | None:
    """Let the reader choose, None while nothing is chosen; after an import everything starts afresh."""
    turn = st.session_state.setdefault(ROUND, 0)
    way = st.segmented_control("From", WAYS, default=WAYS[0], required=True, key="import.way")
    return _uploaded(turn) if way == WAYS[0] else _named(turn)


def begin(workspace: Workspace, chosen: Chosen, layout: Layout, source: str, licence: str) -> None:
    """Start the import and make room for the next file."""
    job = import_job(workspace, chosen.path, layout, source, licence)
    try:
        st.session_state[RUN] = runs.start(workspace, chosen.upload.job(job) if chosen.upload else job)
    except CurationError as error:
        st.warning(plain(str(error)))
        return
    st.session_state[ROUND] += 1
    st.session_state.pop(UPLOAD, None)


def _uploaded(turn: int) -> Chosen | None:
    given = st.file_uploader("File", key=f"import.file.{turn}", label_visibility="collapsed")
    if given is None:
        st.session_state.pop(UPLOAD, None)
        return None
    kept = st.session_state.get(UPLOAD)
    if kept is None or kept[0] != given.file_id:
        kept = (given.file_id, Upload(given.name, given.getbuffer()))
        st.session_state[UPLOAD] = kept
    upload: Upload = kept[1]
    return Chosen(str(upload.path), upload.name, f"import.{turn}.{given.file_id}", upload)


def _named(turn: int) -> Chosen | None:
    typed = st.text_input(
        "Path of a file or folder on this computer, or name on the Hugging Face Hub",
        key=f"import.path.{turn}",
        placeholder="/data/pool.jsonl or databricks/databricks-dolly-15k",
    ).strip()
    if not typed:
        return None
    path = Path(typed).expanduser()
    name = clean_name(typed) if path.exists() else typed
    return Chosen(str(path) if path.exists() else typed, name, f"import.{turn}.{hash(typed)}")
