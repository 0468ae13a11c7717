"""The exports that were made: what their manifests say, a download, and the way to the Hub."""

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from curation.errors import CurationError
from curation.methods import Row
from curation.stages.finished import Finished, read_finished
from curation.stages.pushing import push_job
from curation.store import Workspace
from curation.store.people import refusal
from curation.store.recipes import Exported, read_exports
from pages._parts.cells import WHOLE, visible_rows
from pages._parts.plain import plain, visible
from pages._parts.progress import start

LARGEST = 200_000_000
"""Bytes that are packed for a download in the browser; larger exports are taken from their folder."""
COUNTED = ("samples", "asked for", "rows", "bytes", "count", "compared", "in two splits")
"""Columns of whole numbers."""


def show_finished(workspace: Workspace) -> None:
    """The exports that were made, newest first, and what is in one of them."""
    finished = read_exports(workspace)
    if not finished:
        return
    st.subheader("Finished exports")
    rows = [
        {"made (UTC)": one.made, "samples": one.samples, "folder": one.folder, "manifest sha256": one.sha256}
        for one in finished
    ]
    st.dataframe(visible_rows(rows), hide_index=True, width="stretch", column_config={"samples": WHOLE})
    place = st.selectbox(
        "Look at", range(len(finished)), format_func=lambda at: visible(_name(finished[at])), key="export.finished"
    )
    try:
        found = read_finished(finished[place])
    except CurationError as error:
        st.info(plain(str(error)))
        return
    if found.odd:
        st.warning(found.odd, icon=":material/warning:")
    _show(found)
    taken, hub = st.columns([1, 2], gap="large")
    with taken:
        _download(found.folder)
    with hub:
        _push(workspace, found.folder)


def _name(one: Exported) -> str:
    return Path(one.folder).name


def _show(found: Finished) -> None:
    if found.proven:
        st.success(plain(found.proven), icon=":material/verified:")
    for remark in found.remarks:
        st.caption(plain(remark))
    tables: dict[str, Sequence[Row]] = {
        "Samples after each step": found.steps,
        "Splits": found.splits,
        "Gate": found.gate,
        "Proof": found.proof,
        "Files": found.files,
        "Versions, seeds and models": found.facts,
    }
    view = st.segmented_control(
        "Manifest", [*(name for name, rows in tables.items() if rows), "Recipe"], default="Files",
        key="export.manifest",
    )  # fmt: skip
    if view == "Recipe":
        st.code(found.recipe, language="toml", height=300)
    elif view:
        shown = dict.fromkeys(COUNTED, WHOLE)
        st.dataframe(visible_rows(tables[view]), hide_index=True, width="stretch", column_config={**shown})
    st.caption("The same export again, or what differs:")
    st.code(f"sift reproduce {found.folder / 'manifest.json'}", language="bash", wrap_lines=True)


def _push(workspace: Workspace, folder: Path) -> None:
    """Upload it; what came of that is told above, as of every run."""
    barred = refusal(workspace, "export")
    with st.expander("Put it on the Hugging Face Hub", icon=":material/cloud_upload:"):
        name = st.text_input("Data set, as OWNER/NAME", key="export.hub.name", disabled=bool(barred))
        public = st.toggle(
            "Everybody may see it",
            key="export.hub.public",
            help="Off: it is private until you change that on the Hub. A data set that is there keeps what it has.",
        )
        st.caption("The token is that in HF_TOKEN, or of `hf auth login`; Sift does not keep it.")
        st.button(
            "Upload",
            key="export.hub.push",
            disabled=bool(barred) or not name.strip(),
            help=barred or None,
            on_click=lambda: start(workspace, push_job(workspace, folder, name.strip(), private=not public)),
        )


def _download(folder: Path) -> None:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    if sum(path.stat().st_size for path in files) > LARGEST:
        st.caption("This export is too large for a download in the browser; take it from its folder.")
        return
    st.download_button(
        "Download",
        data=lambda: _zipped(folder, files),
        file_name=f"{folder.name}.zip",
        mime="application/zip",
        on_click="ignore",
        key="export.download",
    )


def _zipped(folder: Path, files: Sequence[Path]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in files:
            archive.write(path, f"{folder.name}/{path.relative_to(folder)}")
    return packed.getvalue()
