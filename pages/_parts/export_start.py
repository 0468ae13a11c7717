"""The button that starts an export, and why it cannot be pressed."""

import streamlit as st

from curation import runs
from curation.errors import CurationError
from curation.stages.exporting import Wanted, export_job
from curation.store import Workspace
from pages._parts.plain import plain
from pages._parts.progress import start


def offer_export(workspace: Workspace, wanted: Wanted, barred: str, *, held: bool) -> None:
    """The button; what came of it is told above, as of every run.

    Args:
        workspace: what is exported from.
        wanted: what to export.
        barred: why the one who looks may not export, "" where they may.
        held: whether a line of the gate holds it back.
    """
    busy = "An export is being written." if runs.running(workspace, "export") else ""
    reason = barred or _missing(wanted, held) or busy
    st.button(
        "Export", type="primary", key="export.start", icon=":material/download:", disabled=bool(reason),
        help=reason or None, on_click=_begin, args=(workspace, wanted),
    )  # fmt: skip


def _missing(wanted: Wanted, held: bool) -> str:
    if not wanted.name.strip():
        return "Give the data set a name, under Files."
    if not wanted.formats:
        return "Choose a format, under Files."
    return "Something below holds it back. Open it and say why it may go out, or mend it." if held else ""


def _begin(workspace: Workspace, wanted: Wanted) -> None:
    try:
        start(workspace, export_job(workspace, wanted))
    except CurationError as error:
        st.warning(plain(str(error)))
