"""What ran lately."""

import streamlit as st

from curation.store import Workspace
from curation.store.runs import Run, recent_runs
from pages._parts.cells import WHOLE, less_empty, visible_rows

KINDS = {"embed": "Embed, map"}


def show_runs(workspace: Workspace) -> None:
    """The latest runs."""
    runs = recent_runs(workspace)
    if not runs:
        st.caption("Nothing has run yet.")
        return
    st.dataframe(
        visible_rows(less_empty([_run(run) for run in runs])), hide_index=True, width="stretch", key="overview.runs",
        column_config=dict.fromkeys(["done", "of", "failed", "per second"], WHOLE),
    )  # fmt: skip


def _run(run: Run) -> dict[str, object]:
    return {
        "started (UTC)": run.started,
        "run": KINDS.get(run.kind, run.kind.capitalize()),
        "method": run.method.replace("_", " "),
        "status": run.status,
        "done": run.done,
        "of": run.requested if run.requested != run.done else None,
        "failed": run.failed or None,
        "per second": round(run.rate),
        "seconds": round(run.seconds, 1),
        "note": run.note,
    }
