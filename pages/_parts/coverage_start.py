"""Choosing what to compare the samples with."""

from pathlib import Path

import streamlit as st

from curation import runs
from curation.errors import CurationError
from curation.facets import Facets
from curation.importers import preview
from curation.stages.referencing import KIND, MOST, Reference, Scope, reference_job
from curation.stages.uploads import Upload
from curation.store import Workspace
from curation.store.browse import count, count_by
from curation.store.vectors import FIELDS
from pages._parts.import_layout import choose_layout
from pages._parts.map_start import FIELD_WORDS
from pages._parts.plain import plain, visible
from pages._parts.progress import start
from pages._parts.titles import count_of

PEOPLE, ORIGIN, FILE = "Samples written by people", "An origin in the workspace", "A file"
UPLOAD = "diversity.coverage.upload"
IN = Facets(states=("accepted", "kept"))


def offer(workspace: Workspace, facets: Facets) -> None:
    """The form: reference, samples, text; and the button that starts the comparison."""
    kind = st.radio("Compare with", [PEOPLE, ORIGIN, FILE], key="diversity.coverage.kind", horizontal=True)
    chosen = {PEOPLE: _people, ORIGIN: lambda: _origin(workspace), FILE: _file}[kind]()
    scopes = [Scope(Facets(), "All samples"), Scope(IN, "Accepted and kept samples")]
    if facets:
        scopes.append(Scope(facets, "Samples that matched the filters in the sidebar"))
    left, right = st.columns(2)
    scope = left.selectbox(
        "Samples", scopes, format_func=lambda one: f"{one.words} ({count(workspace, one.facets):,})",
        key="diversity.coverage.scope",
    )  # fmt: skip
    field = right.selectbox(
        "Text", list(FIELDS), format_func=lambda one: FIELD_WORDS.get(one, one), key="diversity.coverage.field"
    )
    reference, upload = chosen if chosen else (None, None)
    busy = bool(runs.running(workspace, KIND))

    def begin() -> None:
        if reference:
            job = reference_job(workspace, reference, scope, field)
            start(workspace, upload.job(job) if upload else job)

    st.button(
        "Compare", key="diversity.coverage.start", type="primary", disabled=reference is None or busy, on_click=begin
    )
    st.caption("It runs in the background. What is embedded is kept, and nothing becomes a sample.")


def _people() -> tuple[Reference, None]:
    st.caption(
        "Samples with no model named in their origin: seed tasks, samples written by hand, and every import that does "
        "not say which model wrote it."
    )
    return Reference("people"), None


def _origin(workspace: Workspace) -> tuple[Reference, None] | None:
    found = dict(count_by(workspace, "origins", Facets()))
    if len(found) < 2:
        st.caption("All samples come from one origin, so there is none to compare the others with. Import another one.")
        return None
    name = st.selectbox(
        "Origin", list(found), format_func=lambda one: f"{visible(one)} ({found[one]:,})",
        key="diversity.coverage.origin",
    )  # fmt: skip
    return Reference("origin", name), None


def _file() -> tuple[Reference, Upload | None] | None:
    given = st.file_uploader("File", key="diversity.coverage.file")
    typed = st.text_input(
        "or its place on this computer, or a name on the Hugging Face Hub", key="diversity.coverage.path"
    ).strip()
    upload = _kept(given.file_id, given.name, given.getbuffer()) if given else None
    path = str(upload.path) if upload else str(Path(typed).expanduser()) if typed else ""
    if not path:
        return None
    name = upload.name if upload else Path(typed).name or typed
    try:
        found = preview(path)
        layout = choose_layout(found, f"diversity.coverage.{hash(path)}")
    except CurationError as error:
        st.error(plain(str(error)), icon=":material/error:")
        return None
    seen = preview(path, layout)
    st.caption(
        f"{count_of(len(seen.collected), 'row', 'rows')} of the start looked at. Its name: {plain(name)}. Of more than "
        f"{MOST:,} rows, {MOST:,} at equal distances are compared."
    )
    return Reference("file", name, path, layout), upload


def _kept(key: str, name: str, content: memoryview) -> Upload:
    """The uploaded file, written once for as long as this tab shows it."""
    kept: tuple[str, Upload] | None = st.session_state.get(UPLOAD)
    if kept is None or kept[0] != key or not kept[1].path.exists():
        kept = (key, Upload(name, content))
        st.session_state[UPLOAD] = kept
    return kept[1]
