"""Where the samples of a run that was aimed at a region of the map have come to lie."""

import streamlit as st

from curation import runs
from curation.errors import CurationError
from curation.facets import Facets
from curation.stages.placing import place_job
from curation.stages.regions import Landed, landed
from curation.store import Workspace
from curation.store.origins import first_made_by
from curation.store.runs import Run
from pages._parts.facet_bar import choose
from pages._parts.map_acts import FOUND
from pages._parts.map_aimed import AIMED
from pages._parts.plain import plain
from pages._parts.progress import show_progress, start
from pages._parts.titles import count_of


def show_landed(workspace: Workspace, run: Run) -> None:
    """The share that lies in the region, beside that of the others; nothing for a run at work, or aimed at nothing."""
    try:
        found = None if run.is_running else landed(workspace, run.id)
    except CurationError as error:
        st.caption(plain(str(error)))
        return
    if found is None:
        return
    st.subheader("In the region that it was aimed at")
    share, others, way = st.columns([2, 2, 3], vertical_alignment="center")
    placed = f"{len(found.inside):,} of {found.placed:,} new samples that are on the map"
    share.metric("Of its new samples", f"{found.share:.0%}" if found.placed else "–", border=True, help=placed)
    others.metric("Of the others on the map", f"{found.others:.1%}", border=True, help="What chance alone would give.")
    with way:
        st.caption(f"{placed}.")
        if st.button("See them on the map", key="generate.landed.map", icon=":material/scatter_plot:"):
            st.session_state[AIMED], st.session_state[FOUND] = run.id, first_made_by(workspace, run.id)
            choose(Facets())
            st.switch_page("pages/map.py")
    if found.placed < found.made:
        _offer(workspace, found)


def _offer(workspace: Workspace, found: Landed) -> None:
    show_progress(workspace, "embed")
    missing = count_of(found.made - found.placed, "new sample is", "new samples are")
    st.info(f"{missing} not on the map yet.")
    if st.button("Place them", key="generate.landed.place", disabled=bool(runs.running(workspace, "embed"))):
        try:
            start(workspace, place_job(workspace, found.region.map))
        except CurationError as error:
            st.warning(plain(str(error)))
            return
        st.rerun()
