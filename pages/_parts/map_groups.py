"""Two groups on the map: which they are, how far they overlap, and in which clusters one has more or nothing."""

from collections.abc import Sequence

import streamlit as st

from curation.facets import Facets
from curation.stages.overlap import BOTH, ONLY_A, ONLY_B, By, Group, Overlap
from curation.store import Workspace
from curation.store.browse import count_by
from curation.store.runs import recent_runs
from pages._parts.cells import WHOLE, visible_rows
from pages._parts.charts import stamp, with_labels
from pages._parts.facet_bar import choose
from pages._parts.plain import visible

WORDS: dict[By, str] = {"origins": "Origin", "methods": "Method", "runs": "Run"}
BRINGING = ("import", "generate")
SHARE = st.column_config.NumberColumn(format="percent")


def choose_groups(workspace: Workspace) -> tuple[Group, Group] | None:
    """Two boxes with all origins, methods and runs; None where there are no two."""
    found = _groups(workspace)
    if len(found) < 2:
        st.info("There is one origin, one method and one run alone, so there is nothing to compare.")
        return None
    left, right = st.columns(2)
    a = left.selectbox("A", found, index=0, format_func=_title, key="map.group.a")
    b = right.selectbox("B", found, index=1, format_func=_title, key="map.group.b")
    if a == b:
        st.info("Choose two different groups.")
        return None
    return a, b


def say_overlap(groups: tuple[Group, Group], found: Overlap) -> None:
    """How far they overlap, in a sentence."""
    a, b = (visible(group.name) for group in groups)
    st.text(
        f"A is {a} ({found.sizes[0]:,}), B is {b} ({found.sizes[1]:,}). Their densities have {found.common:.0%} in "
        "common. "
        f"{found.alone[0]:,} of A lie where B is not, {found.alone[1]:,} of B lie where A is not."
    )


def show_parts(found: Overlap, facets: Facets) -> None:
    """The clusters, those where the groups differ most first; a click narrows everything down to one."""
    name = f"map.groups.{stamp(facets, found.sizes)}"

    def click() -> None:
        rows = st.session_state[name]["selection"]["rows"]
        if rows:
            choose(with_labels(facets, [("cluster", found.parts[rows[0]].title)]))

    where = {ONLY_A: "only A", BOTH: "both", ONLY_B: "only B"}
    rows = [
        {"cluster": part.title, "who": where[part.where], "A": part.a, "B": part.b, "of A": part.share_a,
         "of B": part.share_b, "difference": part.shift}
        for part in found.parts
    ]  # fmt: skip
    st.dataframe(
        visible_rows(rows), key=name, hide_index=True, width="stretch", on_select=click, selection_mode="single-row",
        column_config={"A": WHOLE, "B": WHOLE, "of A": SHARE, "of B": SHARE, "difference": SHARE},
    )  # fmt: skip
    st.caption("“Only” means that the other one has less than a tenth of the two shares there, most often nothing.")


def _groups(workspace: Workspace) -> Sequence[Group]:
    origins = [Group("origins", name) for name, _ in count_by(workspace, "origins", Facets())]
    methods = [Group("methods", name) for name, _ in count_by(workspace, "methods", Facets())]
    runs = [Group("runs", run.id) for run in recent_runs(workspace, 50) if run.kind in BRINGING]
    kinds = [kind for kind in (origins, methods, runs) if len(kind) > 1]
    return [group for kind in kinds for group in kind]


def _title(group: Group) -> str:
    return visible(f"{WORDS[group.by]}: {group.name}")
