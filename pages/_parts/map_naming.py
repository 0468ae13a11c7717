"""How the clusters of a map are found, and their titles from a model."""

import streamlit as st

from curation import runs
from curation.errors import CurationError
from curation.layouts import Grouping, Way
from curation.stages.asking import endpoint_names
from curation.stages.mapping import group_job
from curation.stages.naming import Naming, expect_naming, name_job
from curation.stages.practice import NAME as PRACTICE
from curation.store import Workspace
from curation.store.maps import Map
from pages._parts.generate_cost import choose_budget, show_estimate
from pages._parts.plain import plain, visible
from pages._parts.practice_mark import practice_mark
from pages._parts.progress import show_progress, start

WAYS: dict[Way, str] = {"k-means": "k-means, every sample", "hdbscan": "HDBSCAN, what lies densely"}
NUMBERS: dict[Way, str] = {"k-means": "Clusters", "hdbscan": "Fewest samples in one"}


def show_grouping(workspace: Workspace, shown: Map) -> None:
    """Which clusters there are, and buttons to find others or to have them named."""
    words, find, name = st.columns([4, 1, 1], vertical_alignment="center")
    words.caption(f"Found by {shown.grouping}." if shown.grouping else "Found by k-means.")
    with find.popover("Find anew", width="stretch"):
        _find(workspace, shown)
    with name.popover("Name by a model", width="stretch"):
        _name(workspace, shown)
    show_progress(workspace, "name clusters")


def _find(workspace: Workspace, shown: Map) -> None:
    way: Way = st.radio("How", list(WAYS), format_func=WAYS.__getitem__, key="map.way")
    number = st.number_input(
        NUMBERS[way], 2, value=None, key=f"map.number.{way}", placeholder="by a rule of thumb",
        help="HDBSCAN leaves out what lies between dense places: those samples are labelled “none”.",
    )  # fmt: skip
    st.caption("The titles of the clusters of before are replaced.")
    st.button(
        "Find clusters", key="map.group", type="primary", disabled=bool(runs.running(workspace, "embed")),
        on_click=start, args=(workspace, group_job(workspace, shown.id, Grouping(way, int(number or 0)))),
    )  # fmt: skip


def _name(workspace: Workspace, shown: Map) -> None:
    if not shown.grouping:
        st.info("Find clusters anew first: this map is from before they were kept with it.")
        return
    try:
        names = endpoint_names(workspace)
        chosen = st.selectbox("Model", names, format_func=visible, key="map.namer")
        if chosen == PRACTICE:
            practice_mark()
        order = Naming(shown.id, chosen, choose_budget("map.naming"))
        expected = expect_naming(workspace, order)
        show_estimate(expected)
    except CurationError as error:
        st.info(plain(str(error)), icon=":material/info:")
        return
    st.caption("It sees ten texts of each cluster, up to 300 characters of each.")
    st.button(
        "Name clusters", key="map.name", type="primary", on_click=start, args=(workspace, name_job(workspace, order)),
        disabled=not expected.calls or bool(runs.running(workspace, "name clusters")),
    )  # fmt: skip
