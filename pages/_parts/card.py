"""One sample on a page. Sample text is hostile: it is only ever shown where nothing in it is interpreted (T1, T2)."""

from collections.abc import Sequence

import streamlit as st

from curation.sample import Sample
from curation.stages.known import known_origins, known_values
from curation.stages.rounds import said_to
from curation.store import Workspace
from curation.store.decisions import Said, tags_of
from curation.store.reasons import Drop, duplicate_of, reasons_of
from pages._parts.card_benchmarks import show_hits
from pages._parts.card_scores import show_scores
from pages._parts.cells import less_empty, visible_rows
from pages._parts.masking import show_masked
from pages._parts.plain import plain, visible
from pages._parts.titles import title_of
from pages._parts.workspace import reviewer

ACTIONS = {
    "accept": "accepted", "reject": "rejected", "skip": "skipped", "tag": "tagged", "untag": "tag removed",
    "settle accept": "accepted finally", "settle reject": "rejected finally",
    "flag": "flagged", "unflag": "flag removed", "rate": "rated",
}  # fmt: skip
NEGATIVE = "negative example"
"""How the category of a sample with a bad answer of a known kind begins."""


def show_text(sample: Sample) -> None:
    """Instruction, input, answer and what else a sample holds."""
    alone = bool(sample.rejected and not sample.output)
    parts = {
        "System": sample.system,
        "Instruction": sample.instruction,
        "Input": sample.input,
        "Chosen" if sample.rejected else "Answer": sample.output,
        **{f"{turn.role.title()} ({i})": turn.content for i, turn in enumerate(sample.followups, 2)},
        "Negative example: an answer to avoid" if alone else "Rejected": sample.rejected,
    }
    for title, text in parts.items():
        if text:
            st.caption(title)
            with st.container(border=True):
                show_masked(text)


def show_facts(workspace: Workspace, number: int) -> None:
    """Where a sample came from, what was measured on it, what was said about it."""
    show_drops(workspace, number)
    show_origins(workspace, number)
    show_scores(workspace, number)
    show_hits(workspace, number)
    show_measured(workspace, number)
    show_said(said_to(workspace, number, reviewer(workspace)))


def show_drops(workspace: Workspace, number: int) -> None:
    """Why the recipe drops a sample, and its tags."""
    for drop in reasons_of(workspace, number):
        st.warning(plain(words(drop)), icon=":material/filter_alt:")
    twin = duplicate_of(workspace, number)
    if twin:
        st.warning(f"Near-duplicate of sample {twin[0]} (similarity {twin[1]:.3f}).", icon=":material/content_copy:")
    tags = tags_of(workspace, number)
    if tags:
        st.text("Tags: " + ", ".join(visible(tag) for tag in tags))


def show_measured(workspace: Workspace, number: int) -> None:
    """Every signal of a sample."""
    measured = [{"signal": title_of(name), "value": _shown(value)} for name, value in known_values(workspace, number)]
    if measured:
        st.caption("Measured")
        st.dataframe(visible_rows(measured), hide_index=True, width="stretch", height=38 + 35 * min(len(measured), 9))


def show_said(said: Sequence[Said]) -> None:
    """Who said what about a sample, and when."""
    if said:
        st.caption("Said")
        rows = [
            {"who": one.reviewer, "what": _what(one), "why": "" if one.action == "rate" else one.value,
             "when (UTC)": one.made, "still stands": not one.is_undone}
            for one in reversed(said)
        ]  # fmt: skip
        st.dataframe(visible_rows(less_empty(rows)), hide_index=True, width="stretch")


def show_origins(workspace: Workspace, number: int) -> None:
    """Where a sample came from, one row per occurrence."""
    found = known_origins(workspace, number)
    for kind in sorted({one.category for one in found if one.category.startswith(NEGATIVE)}):
        st.warning(plain(f"{kind.capitalize()}. The rejected answer is one to avoid."), icon=":material/thumb_down:")
    origins = [
        {"method": origin.method, "source": origin.source, "place": origin.ref, "licence": origin.licence,
         "model": origin.model, "made from": ", ".join(parent[:8] for parent in origin.parents)}
        for origin in found
    ]  # fmt: skip
    st.caption("Where it came from")
    st.dataframe(visible_rows(less_empty(origins)), hide_index=True, width="stretch")


def words(drop: Drop) -> str:
    """Why a rule drops a sample: `Out by “Words in the answer”: 1 (fewest 3) where task type is listing.`."""
    about, labels = drop.when or ("", ())
    where = f" where {about.replace('_', ' ')} is {' or '.join(labels)}" if about else ""
    if isinstance(drop.value, str):
        return f"Out by “{title_of(drop.signal)}”: {drop.value}{where}."
    bounds = [f"fewest {drop.least:g}"] if drop.least is not None else []
    bounds += [f"most {drop.most:g}"] if drop.most is not None else []
    return f"Out by “{title_of(drop.signal)}”: {drop.value:g} ({', '.join(bounds)}){where}."


def _what(one: Said) -> str:
    return f"{ACTIONS[one.action]} {one.value}" if one.action == "rate" else ACTIONS.get(one.action, one.action)


def _shown(value: float | str) -> str:
    return value if isinstance(value, str) else f"{value:.4g}"
