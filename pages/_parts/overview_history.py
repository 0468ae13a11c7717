"""What ran, and what people did, with a way back from each step."""

import streamlit as st

from curation.errors import CurationError
from curation.store import Workspace
from curation.store.decisions import Step, read_history, undo
from curation.store.runs import Run, recent_runs
from pages._parts.cells import WHOLE, less_empty, visible_rows
from pages._parts.plain import plain
from pages._parts.titles import count_of
from pages._parts.workspace import reviewer

KINDS = {"embed": "Embed, map"}
CLICKED = "overview.undo"
WORDS = {"accept": "accepted", "reject": "rejected", "skip": "skipped", "tag": "tagged", "untag": "untagged"}


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


def show_history(workspace: Workspace) -> None:
    """The latest steps of people; each that stands can be undone as a whole."""
    steps = read_history(workspace)
    if not steps:
        st.caption("Nobody has decided on a sample yet. Accepting, rejecting and tagging show up here.")
        return
    rows = [
        {"when (UTC)": step.made, "who": step.reviewer, "what": _what(step), "note": _note(step),
         "samples": step.samples, "undo": "Undo" if _stands(step) else None}
        for step in steps
    ]  # fmt: skip
    button = st.column_config.ButtonColumn("undo", key=CLICKED, on_click=undo_clicked, args=(workspace, steps))
    st.dataframe(
        visible_rows(rows), hide_index=True, width="stretch", key="overview.history",
        column_config={"undo": button, "samples": WHOLE},
    )  # fmt: skip


def undo_clicked(workspace: Workspace, steps: list[Step]) -> None:
    """Undo the step whose button was pressed."""
    row = int(st.session_state[CLICKED]["row"])
    if row >= len(steps) or not _stands(steps[row]):
        return
    try:
        taken_back = undo(workspace, reviewer(workspace), steps[row].id)
        st.toast(f"Undone for {count_of(len(taken_back), 'sample', 'samples')}.")
    except CurationError as error:
        st.toast(plain(str(error)))


def _stands(step: Step) -> bool:
    return not step.is_undone and step.action != "undo"


def _what(step: Step) -> str:
    if step.action == "undo":
        return "took a step back"
    return f"{WORDS.get(step.action, step.action)}{' (undone)' if step.is_undone else ''}"


def _note(step: Step) -> str:
    return "" if step.action == "undo" else step.value


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
