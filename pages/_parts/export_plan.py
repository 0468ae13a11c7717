"""What an export would hold, before anything is written."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import streamlit as st

from curation import runs
from curation.errors import CurationError
from curation.exporters import FileFormat
from curation.recipe import Shape
from curation.stages.authorship import authors_of, who_wrote
from curation.stages.dealt_words import shortfalls, unspread
from curation.stages.planning import Plan, carried, inside, plan
from curation.stages.selecting import KIND as SELECT
from curation.store import Workspace
from pages._parts.cells import WHOLE, visible_rows
from pages._parts.plain import plain
from pages._parts.titles import form_title

STEPS = {
    "after_decisions": "in",
    "after_practice": "without text of the practice model",
    "after_selection": "after selection",
    "after_mixture": "after mixture",
}
"""What is counted on the way from what is in to what goes out."""
IN_A_ROW = 4
WAITING = ":material/hourglass_empty:"


def planned(workspace: Workspace, states: Sequence[str], shape: Shape, practice: bool) -> Plan | None:
    """The plan; where there is none, the reason is shown, and where nothing is in, ways to change that."""
    try:
        return plan(workspace, states, shape, practice=practice)
    except CurationError as error:
        choosing = runs.running(workspace, SELECT)
        st.info("The samples are being chosen; the plan follows." if choosing else plain(str(error)), icon=WAITING)
    if _nothing_is_in(workspace, states):
        st.page_link("pages/filters.py", label="Loosen the filters", icon=":material/tune:")
        st.page_link("pages/review.py", label="Accept samples", icon=":material/rate_review:")
    return None


def _nothing_is_in(workspace: Workspace, states: Sequence[str]) -> bool:
    try:
        return not len(inside(workspace, states, practice=True))
    except CurationError:  # what is in cannot be told, and the plan said why
        return False


def show_plan(chosen: Plan) -> None:
    """Samples per split, the way there, what is not as asked, and what is kept together."""
    sizes = chosen.sizes()
    names = [name for name in chosen.splits if name in sizes]
    for start in range(0, len(names), IN_A_ROW):
        for column, name in zip(st.columns(min(IN_A_ROW, len(names))), names[start : start + IN_A_ROW], strict=False):
            asked, got, _ = chosen.splits[name]
            more = f"{sizes[name] - got:,} of them repeats. " if sizes[name] > got else ""
            column.metric(plain(name), f"{sizes[name]:,}", border=True, help=f"{more}{asked:,} were asked for.")
    for reason in shortfalls(chosen):
        st.warning(plain(reason), icon=":material/balance:")
    together = _together(chosen) if len(names) > 1 else ""
    authors = ", ".join(who_wrote(authors_of(chosen.workspace, np.asarray(chosen.numbers, np.int32))))
    st.caption(f"{_steps(chosen)}.{together} Of what goes out, {authors}.")
    for remark in unspread(chosen):
        st.caption(plain(remark))


def _steps(chosen: Plan) -> str:
    """What is in, and every later step that takes some away or repeats some."""
    steps = {words: chosen.steps[name] for name, words in STEPS.items() if name in chosen.steps}
    first = next(iter(steps.items()))
    changed = [after for before, after in pairwise(steps.items()) if after[1] != before[1]]
    return " → ".join(f"{count:,} {words}" for words, count in (first, *changed))


def _together(chosen: Plan) -> str:
    """What was compared to keep it in one split; where near-duplicates are not known, the gate says so."""
    kinds = [(kind, tally) for kind, tally in chosen.ties.items() if tally.compared]
    if chosen.threshold is None or not kinds:
        return ""
    compared = ", ".join(f"{tally.across:,} of {tally.compared:,} pairs of {kind}" for kind, tally in kinds)
    return f" In two splits: {compared} (near-duplicates: similarity ≥ {chosen.threshold:.2f})."


def show_carried(chosen: Plan, formats: Sequence[FileFormat]) -> None:
    """How many samples of each split each format can carry."""
    if not formats:
        return
    sizes, counts = chosen.sizes(), carried(chosen, formats)
    rows = [
        {"format": form_title(form.name), **{split: count[split] for split in sizes}}
        for form, count in zip(formats, counts, strict=True)
    ]
    short = [str(row["format"]) for row, count in zip(rows, counts, strict=True) if count != sizes]
    said = f"{', '.join(short)}: some are left out" if short else "all of them"
    with st.expander(f"Samples that the formats carry: {said}", icon=":material/inventory_2:", key="export.carried"):
        st.dataframe(visible_rows(rows), hide_index=True, width="stretch", column_config=dict.fromkeys(sizes, WHOLE))
        st.caption("A format leaves out what does not fit, for want of an answer, say.")
