"""What the plan costs: people who decide, against models that write and judge."""

import streamlit as st
from numpy import int32
from numpy.typing import NDArray

from curation.errors import CurationError
from curation.stages.outlay import FEWEST, Load, Outlay, Spent, load, outlay, set_per_hour
from curation.store import Workspace
from curation.store.people import refusal
from pages._parts.cells import visible_rows
from pages._parts.generate_cost import spent
from pages._parts.plain import plain
from pages._parts.workspace import reviewer

HOURLY = "export.outlay.per_hour"


@st.fragment
def show_outlay(workspace: Workspace, numbers: NDArray[int32], inside: NDArray[int32]) -> None:
    """What is left to do for the plan and for a size that the reader enters, and what it costs; drawn apart.

    Args:
        workspace: where people decided and models were asked.
        numbers: of the samples of the plan.
        inside: of the samples that it was chosen from.
    """
    with st.expander("People or models: what it costs", icon=":material/payments:", key="export.outlay"):
        known = outlay(workspace, inside, reviewer(workspace))
        barred = refusal(workspace, "export")
        left, right = st.columns(2)
        left.number_input(
            "US dollars for an hour", 0.0, value=known.per_hour, step=1.0, key=HOURLY, placeholder="not known",
            on_change=_keep, args=(workspace,), disabled=bool(barred),
            help=barred or "Of a person who decides, with everything that you pay for it. Kept in the workspace.",
        )  # fmt: skip
        target = right.number_input(
            "Samples to aim for", 1, value=None, step=1000, key="export.outlay.target", placeholder="the plan"
        )
        loads = {"for this plan": load(workspace, numbers)}
        if target:
            loads[f"for {target:,}"] = load(workspace, numbers, int(target))
        st.dataframe(
            visible_rows(_table(known, loads)), hide_index=True, width="stretch", height="content",
            key="export.outlay.table",
        )  # fmt: skip
        for line in (_pace(known), _paid("to write samples", known.writing, "are in"),
                     _paid("to judge", known.judging, "have a score")):  # fmt: skip
            st.caption(plain(line))


def _keep(workspace: Workspace) -> None:
    try:
        set_per_hour(workspace, st.session_state[HOURLY])
    except CurationError as error:
        st.warning(plain(str(error)))


def _table(known: Outlay, loads: dict[str, Load]) -> list[dict[str, object]]:
    lines = {
        "to decide on, by a person": [f"{one.to_decide:,}" for one in loads.values()],
        "hours of that person": [_hours(known.hours(one)) for one in loads.values()],
        "paid to that person": [spent(known.wages(one)) for one in loads.values()],
        "paid to a judge instead": [spent(known.judged(one)) for one in loads.values()],
        "to write, by a model": [f"{one.to_write:,}" for one in loads.values()],
        "paid to that model": [spent(known.written(one)) for one in loads.values()],
    }
    return [{"what is left": name, **dict(zip(loads, cells, strict=True))} for name, cells in lines.items()]


def _hours(hours: float | None) -> str:
    return "unknown" if hours is None else f"{hours:,.1f}" if hours >= 0.1 or not hours else "< 0.1"


def _pace(known: Outlay) -> str:
    pace = known.pace
    if pace is None:
        return (
            f"No pace is known yet: it is told from {FEWEST} decisions on single samples, one after the other, on the "
            "Review page."
        )
    whose = "Your pace" if pace.is_own else "The pace of everybody (you have too few decisions of your own)"
    return (
        f"{whose}: {pace.seconds:,.1f} s for a decision, the median of {pace.gaps:,}; pauses of more than five minutes "
        f"are left out. The mean is {pace.mean:,.1f} s."
    )


def _paid(what: str, paid: Spent, which: str) -> str:
    if not paid.calls:
        return f"No model was paid {what} in this workspace, so what that costs is not known."
    if paid.unpriced:
        return f"{paid.unpriced:,} calls {what} went to a model whose price is not known. Enter it in the settings."
    if paid.each is None:
        return f"{spent(paid.dollars)} was paid {what}, and none of them {which}."
    return f"{spent(paid.dollars)} was paid {what}; {paid.samples:,} of them {which}: {spent(paid.each)} each."
