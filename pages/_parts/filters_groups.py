"""What rules remove of each origin, method, cluster or topic, so that a rule that empties one is seen."""

import streamlit as st

from curation.facets import Facets
from curation.recipe import Outs
from curation.stages.impact import EMPTIED, FEWEST, Group, groups
from curation.stages.tuning import groupings, labels
from curation.store import Workspace
from pages._parts.bounds import LOOK
from pages._parts.cells import WHOLE, visible_rows
from pages._parts.facet_bar import choose, chosen
from pages._parts.plain import plain, visible
from pages._parts.titles import count_of, title_of

EVERY = ""
NAMED = 5
PLACES = {"origin": "origins", "method": "methods"}
"""The facets of groupings that are no label signals."""


def show_groups(workspace: Workspace, found: Outs) -> None:
    """A table of groups, the emptiest first; a click on one lists its samples."""
    by, rule = st.columns(2)
    options = groupings(workspace)
    grouping = by.selectbox(
        "Removed share by", options, format_func=lambda name: visible(title_of(name)), key="filters.groups.by"
    )
    signal = rule.selectbox(
        "Removed by",
        [EVERY, *found.signals],
        format_func=lambda name: visible(title_of(name)) if name else "all rules together",
        key="filters.groups.rule",
    )
    removed = found.removed_by(signal) if signal else found.removed()
    parts = groups(labels(workspace, grouping), removed)
    if not parts:
        st.caption("No sample has such a label.")
        return
    _warn([part for part in parts if part.is_emptied])
    rows = [
        {"group": part.label, "samples": part.samples, "removed": part.removed, "share removed": part.share}
        for part in parts
    ]
    key = f"filters.groups.{grouping}.{signal}"

    def look() -> None:
        picked = st.session_state[key]["selection"]["rows"]
        if picked and picked[0] < len(parts):
            _narrow(grouping, parts[picked[0]].label)

    st.dataframe(
        visible_rows(rows),
        key=key,
        hide_index=True,
        width="stretch",
        on_select=look,
        selection_mode="single-row",
        column_config={
            "samples": WHOLE,
            "removed": WHOLE,
            "share removed": st.column_config.ProgressColumn(format="percent", min_value=0, max_value=1),
        },
    )
    st.caption("People's decisions and near-duplicates are left aside. Click a row to list its samples below.")


def _warn(gone: list[Group]) -> None:
    if gone:
        names = ", ".join(f"{plain(part.label)} ({part.removed:,} of {part.samples:,})" for part in gone[:NAMED])
        more = f" and {len(gone) - NAMED:,} more" if len(gone) > NAMED else ""
        lost = count_of(len(gone), "group loses", "groups lose")
        about = f"of groups with at least {FEWEST} samples"
        st.warning(f"{lost} more than {EMPTIED:.0%} ({about}): {names}{more}.", icon=":material/warning:")


def _narrow(grouping: str, label: str) -> None:
    facets: Facets = chosen()
    facet, value = (PLACES[grouping], label) if grouping in PLACES else ("labels", (grouping, label))
    choose(facets.toggled(facet, value))
    st.session_state[LOOK] = True
