"""What an export would hold, before anything is written."""

from collections.abc import Sequence
from itertools import pairwise

import streamlit as st

from curation.exporters import FileFormat
from curation.stages.planning import Plan, carried
from pages._parts.cells import WHOLE, visible_rows
from pages._parts.export_dealt import show_sizes, show_ties
from pages._parts.titles import form_title

STEPS = {
    "after_decisions": "in",
    "after_practice": "without text of the practice model",
    "after_selection": "after selection",
    "after_mixture": "after mixture",
}
"""What is counted on the way from what is in to what goes out."""


def show_plan(chosen: Plan, formats: Sequence[FileFormat]) -> None:
    """Counts per split and format, and whether near-duplicates are kept together."""
    sizes = show_sizes(chosen)
    st.caption(_steps(chosen))
    counts = carried(chosen, formats)
    rows = [
        {"format": form_title(form.name), **{split: count[split] for split in sizes}}
        for form, count in zip(formats, counts, strict=True)
    ]
    if rows:
        st.caption("Samples that each format can carry; it leaves out what does not fit, for want of an answer, say.")
        st.dataframe(visible_rows(rows), hide_index=True, width="stretch", column_config=dict.fromkeys(sizes, WHOLE))
    show_ties(chosen)


def _steps(chosen: Plan) -> str:
    """What is in, and every later step that takes some away or repeats some."""
    steps = {words: chosen.steps[name] for name, words in STEPS.items() if name in chosen.steps}
    first = next(iter(steps.items()))
    changed = [after for before, after in pairwise(steps.items()) if after[1] != before[1]]
    return " → ".join(f"{count:,} {words}" for words, count in (first, *changed))
