"""What an export would hold, before anything is written, and the exports that are there."""

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from curation.exporters import FileFormat
from curation.stages.dealing import tied_by
from curation.stages.planning import Plan, carried
from curation.store import Workspace
from curation.store.pairs import pairs_above
from curation.store.recipes import Exported
from pages._parts.cells import WHOLE, visible_rows
from pages._parts.titles import form_title

SPLITS = ("train", "validation", "test")
LARGEST = 200_000_000
"""Bytes that are packed for a download in the browser; larger exports are taken from their folder."""


def show_plan(workspace: Workspace, chosen: Plan, formats: Sequence[FileFormat]) -> None:
    """Counts per split and format, and whether near-duplicates are kept together."""
    sizes = {name: size for name in SPLITS if (size := chosen.sizes().get(name, 0))}
    for column, (name, size) in zip(st.columns(len(sizes)), sizes.items(), strict=True):
        column.metric(name.title(), f"{size:,}", border=True)
    counts = carried(chosen, formats)
    rows = [{"format": form_title(form.name)} | count for form, count in zip(formats, counts, strict=True)]
    if rows:
        st.caption("Samples that each format can carry; it leaves out what does not fit, for want of an answer, say.")
        st.dataframe(visible_rows(rows), hide_index=True, width="stretch", column_config=dict.fromkeys(sizes, WHOLE))
    _show_leaks(workspace, chosen)


def _show_leaks(workspace: Workspace, chosen: Plan) -> None:
    tied = tied_by(workspace)
    if chosen.threshold is None or tied is None:
        st.warning(
            "Near-duplicates have not been looked for, so only equal prompts and relatives are kept in one split. "
            "Embed the samples on the Map page first.",
            icon=":material/call_split:",
        )
        return
    near = pairs_above(workspace, tied[0].id, chosen.threshold, chosen.numbers)
    where = dict(zip(chosen.numbers, (chosen.assignment[sample_id] for sample_id in chosen.ids), strict=True))
    torn = sum(where[a] != where[b] for a, b, _ in near)
    icon = ":material/check:" if not torn else ":material/error:"
    show = st.success if not torn else st.error
    show(
        f"{torn:,} of {len(near):,} near-duplicate pairs (similarity ≥ {chosen.threshold:.2f}) lie in two "
        "splits. What belongs together goes into one.",
        icon=icon,
    )


def show_exports(finished: Sequence[Exported]) -> None:
    """The exports that were made, newest first."""
    rows = [
        {"made (UTC)": one.made, "samples": one.samples, "folder": one.folder, "manifest sha256": one.sha256}
        for one in finished
    ]
    st.dataframe(visible_rows(rows), hide_index=True, width="stretch", column_config={"samples": WHOLE})


def download(finished: Sequence[Exported]) -> None:
    """Offer the newest export that is still in its folder as a zip file."""
    there = [Path(one.folder) for one in finished if Path(one.folder).is_dir()]
    if not there:
        st.caption("The folders of these exports are no longer there.")
        return
    files = sorted(path for path in there[0].rglob("*") if path.is_file())
    if sum(path.stat().st_size for path in files) > LARGEST:
        st.caption("The newest export is too large for a download in the browser; take it from its folder.")
        return
    st.download_button(
        "Download the newest one",
        data=lambda: _zipped(there[0], files),
        file_name=f"{there[0].name}.zip",
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
