"""The gate before an export: what the checks find, the samples behind each line, and why it may go out."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from curation.errors import CurationError
from curation.stages.checks import CHECKS
from curation.stages.checks.check import Finding
from curation.stages.exporting import Wanted
from curation.stages.gate import examine, examples, mark, reasons_of
from curation.stages.planning import Plan
from curation.store import Workspace
from pages._parts.overview_numbers import look_at
from pages._parts.plain import plain, visible

KEY = "export.gate"


def show_gate(workspace: Workspace, wanted: Wanted, chosen: Plan, head: DeltaGenerator) -> tuple[Wanted, bool]:
    """Show every line; gives what is wanted with the reasons that were typed, and whether a line still blocks.

    Args:
        workspace: where what goes out comes from.
        wanted: what is to be exported.
        chosen: which samples.
        head: gets the sentence that sums up.
    """
    findings = examine(workspace, wanted, chosen)
    if not findings:
        head.success(f"None of the {len(CHECKS)} checks found anything.", icon=":material/verified:")
        return wanted, False
    given = wanted if wanted.overrides else replace(wanted, overrides=_typed(findings))
    reasons = reasons_of(given)
    held = [line for line in findings if line.blocks and line.check not in reasons]
    with head:
        _sum_up(findings, held, reasons)
    with st.container(gap="xsmall"):
        for line in findings:
            _show(workspace, line, reasons)
    return given, bool(held)


def _typed(findings: Sequence[Finding]) -> tuple[tuple[str, str], ...]:
    """The reasons of the last run of the page; those of lines that are gone do not count."""
    typed = [(line.check, str(st.session_state.get(_key(line, "reason"), "")).strip()) for line in findings]
    return tuple((check, reason) for check, reason in typed if reason)


def _sum_up(findings: Sequence[Finding], held: Sequence[Finding], reasons: Mapping[str, str]) -> None:
    overridden = [line for line in findings if line.blocks and line.check in reasons]
    if held:
        many = "1 line holds" if len(held) == 1 else f"{len(held)} lines hold"
        st.warning(f"{many} the export back. Mend it, or say why it may go out.", icon=":material/front_hand:")
    elif overridden:
        many = "1 line goes" if len(overridden) == 1 else f"{len(overridden)} lines go"
        st.info(f"Nothing holds the export back: {many} out for a reason, which the manifest keeps.")
    else:
        st.success("Nothing holds the export back.", icon=":material/verified:")


def _show(workspace: Workspace, line: Finding, reasons: Mapping[str, str]) -> None:
    icon, state = _state(line, reasons)
    with st.expander(f"{plain(line.title)} · {line.count:,} · {state}", icon=icon, key=_key(line, "line")):
        st.markdown(plain(line.words), help=plain(_help(line)))
        for example in examples(workspace, line):
            st.text(visible(f"No. {example.number:,}: {example.text}"))
        if len(line.numbers):
            _offer(workspace, line)
        if line.blocks and not _is_asked_for(line, reasons):
            st.text_input(
                "Why it may go out all the same", key=_key(line, "reason"), max_chars=500,
                placeholder="for example: looked at by hand, all of it is invented",
                help="The manifest keeps it, with your name and the time.", persist_state="session",
            )  # fmt: skip


def _state(line: Finding, reasons: Mapping[str, str]) -> tuple[str, str]:
    if not line.blocks:
        return ":material/info:", "worth knowing"
    if line.check in reasons:
        return ":material/edit_note:", "goes out for a reason"
    return ":material/block:", "holds it back"


def _is_asked_for(line: Finding, reasons: Mapping[str, str]) -> bool:
    """Whether a switch of the page is the reason, not something typed."""
    return line.check in reasons and not st.session_state.get(_key(line, "reason"))


def _help(line: Finding) -> str:
    """What the check looks for: its description without the title."""
    return " ".join((CHECKS[line.check].__doc__ or "").split()[len(line.title.split()) :])


def _offer(workspace: Workspace, line: Finding) -> None:
    if st.button("Show these samples", key=_key(line, "show"), icon=":material/table_rows:"):
        try:
            facets = mark(workspace, line)
        except CurationError as error:
            st.warning(plain(str(error)))
        else:
            look_at(facets)


def _key(line: Finding, part: str) -> str:
    return f"{KEY}.{line.check}.{part}"
