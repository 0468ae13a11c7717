"""The slider under a histogram: both bounds of a rule at once."""

import streamlit as st

from curation.recipe import Rule
from curation.stages.drafting import with_bounds
from curation.stages.histogram import Spread, moved, places, scale
from pages._parts.filters_draft import change
from pages._parts.held import hold


def show_slider(drawn: Spread, rule: Rule) -> None:
    """Two handles; one that stands at its end leaves that side open."""
    found = scale(drawn)
    if found is None:
        return
    key = f"filters.slider.{rule.signal}"
    before = places(found, rule.least, rule.most)
    hold(key, before, found)

    def slide() -> None:
        ends = moved(found, (rule.least, rule.most), before, st.session_state[key])
        change(lambda old: with_bounds(old, rule.signal, *ends))

    st.slider(
        "Keep from … to",
        found.low,
        found.high,
        step=found.step,
        format=f"%.{found.digits}f",
        key=key,
        on_change=slide,
        help="At either end of the slider that side is open: no bound.",
    )
