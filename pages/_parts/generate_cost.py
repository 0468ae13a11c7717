"""What a run is expected to take, and where it has to stop."""

from collections.abc import Sequence
from dataclasses import replace
from math import isnan

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from curation.errors import CurationError
from curation.model import Endpoint, Estimate
from curation.stages.asking import Caps
from curation.stages.synthesis import Order, expect
from curation.store import Workspace
from pages._parts.plain import plain

EXPECTED = "generate.expected"
SMALLEST = 0.0001
"""US dollars below which an amount is not spelt out."""


def choose_caps(key: str, before: Caps | None = None) -> Caps:
    """Where to stop; an empty field is no cap."""
    start = before or Caps()
    samples, *rest = st.columns(3)
    most_samples = samples.number_input(
        "Most samples", 1, value=start.samples or None, step=10, key=f"{key}.samples", placeholder="no cap",
        help="The run ends when it has kept so many.",
    )  # fmt: skip
    return replace(_budget(key, start, rest), samples=int(most_samples or 0))


def choose_budget(key: str) -> Caps:
    """Where to stop in tokens and dollars alone; an empty field is no cap."""
    return _budget(key, Caps(), st.columns(2))


def _budget(key: str, start: Caps, columns: Sequence[DeltaGenerator]) -> Caps:
    tokens, dollars = columns
    most_tokens = tokens.number_input(
        "Most tokens", 1, value=start.tokens or None, step=10_000, key=f"{key}.tokens", placeholder="no cap",
        help="Read and written. It is never exceeded; the run pauses before and can be resumed with more.",
    )  # fmt: skip
    most_dollars = dollars.number_input(
        "Most US dollars", 0.0, value=start.dollars or None, step=1.0, key=f"{key}.dollars", placeholder="no cap",
        help="It is never exceeded; the run pauses before and can be resumed with more. It needs a known price.",
    )  # fmt: skip
    return Caps(0, int(most_tokens or 0), float(most_dollars or 0))


def show_expected(workspace: Workspace, order: Order, endpoint: Endpoint) -> bool:
    """Calls, tokens and money before the run; whether it can be started."""
    try:
        expected = _expected(workspace, order, endpoint)
    except CurationError as error:
        st.info(plain(str(error)), icon=":material/info:")
        return False
    if not expected.calls:
        st.info("With these seeds there is nothing to ask. Choose others.", icon=":material/info:")
        return False
    show_estimate(expected)
    return True


def show_estimate(expected: Estimate) -> None:
    """Calls, tokens and money."""
    calls, tokens, cost = st.columns(3)
    calls.metric("Calls, about", f"{expected.calls:,.0f}", border=True)
    read, written = expected.prompt_tokens, expected.completion_tokens
    tokens.metric(
        "Tokens, about", _short(read + written), border=True, help=f"{read:,.0f} read and {written:,.0f} written"
    )
    cost.metric(
        "Cost, about", "free" if expected.cost == 0 else spent(expected.cost), border=True, help=_at_most(expected)
    )
    if isnan(expected.cost):
        st.caption("No price is known for this model, so its cost cannot be told or capped in dollars.")
        st.page_link("pages/settings.py", label="Enter its price in the settings", icon=":material/settings:")


def spent(amount: float | None) -> str:
    """US dollars for a text that is not Markdown.

    >>> spent(0.0), spent(0.00421), spent(0.000001), spent(12.3), spent(None)
    ('$0', '$0.0042', '< $0.0001', '$12.30', 'unknown')
    """
    if amount is None or isnan(amount):
        return "unknown"
    if amount >= 1:
        return f"${amount:,.2f}"
    return "< $0.0001" if 0 < amount < SMALLEST else f"${amount:.2g}"


def _at_most(expected: Estimate) -> str:
    if isnan(expected.most_cost):
        return "The price of this model is not known."
    return plain(f"{spent(expected.most_cost)} if every answer is as long as it may be.")


def _short(number: float) -> str:
    return (
        f"{number / 1_000_000:,.1f} M"
        if number >= 1_000_000
        else f"{number / 1000:,.0f} k"
        if number >= 10_000
        else f"{number:,.0f}"
    )


def _expected(workspace: Workspace, order: Order, endpoint: Endpoint) -> Estimate:
    """Worked out anew only when something changed on which it depends: reading many seeds takes a while."""
    key = (order.method, order.pool, endpoint)
    if st.session_state.get(EXPECTED, (None, None))[0] != key:
        st.session_state[EXPECTED] = (key, expect(workspace, order))
    found: Estimate = st.session_state[EXPECTED][1]
    return found
