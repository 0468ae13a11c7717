"""Ways on from the samples that are selected on the map: the queue of Review, and a run that starts from them."""

import secrets
from collections.abc import Sequence
from datetime import datetime

import numpy as np
import streamlit as st

from curation.errors import CurationError
from curation.facets import Facets
from curation.sample import Decision
from curation.stages.frames import frame_of
from curation.stages.regions import Region, drawn_region, region_around
from curation.stages.surroundings import surroundings
from curation.store import Workspace
from curation.store.decisions import add_decisions
from curation.store.maps import Map, read_positions
from pages._parts.confirming import tell
from pages._parts.facet_bar import choose
from pages._parts.generate_seeds import seed_with
from pages._parts.map_acts import SHAPES
from pages._parts.plain import plain
from pages._parts.review_walk import forget
from pages._parts.titles import count_of
from pages._parts.workspace import reviewer

THESE, NEAR, BOTH = "These samples", "Those most like them", "Both"
MOST_SEEDS = 5_000
"""A run reads all of its seeds; of more samples than this, so many are taken evenly."""
EACH = 5

Chosen = tuple[Sequence[int], str]
"""Numbers of samples, and what they are in words."""


def offer_ways(workspace: Workspace, shown: Map, chosen: Chosen, is_drawn: bool) -> None:
    """Both ways; `is_drawn` says that the samples are what was drawn around."""
    numbers, about = chosen
    review, generate, _ = st.columns([2, 2, 4])
    if review.button(
        f"Review {len(numbers):,} one by one", key="map.review", icon=":material/rate_review:", width="stretch",
        disabled=not numbers, help="They get a tag, and the Review page is narrowed down to it. Undo takes it off.",
    ) and _send(workspace, numbers):  # fmt: skip
        st.switch_page("pages/review.py")
    with generate.popover("Generate here", icon=":material/auto_awesome:", width="stretch", disabled=not numbers):
        _generate(workspace, shown, (numbers, about), is_drawn)


def _send(workspace: Workspace, numbers: Sequence[int]) -> bool:
    """Tag them as one step, and narrow down to the tag."""
    tag = f"from the map {datetime.now().astimezone():%Y-%m-%d %H:%M:%S}"
    try:
        add_decisions(workspace, numbers, Decision("tag", reviewer(workspace), tag, event=secrets.token_hex(8)))
    except CurationError as error:
        st.warning(plain(str(error)))
        return False
    choose(Facets(tags=(tag,)))
    forget()
    st.session_state["review.view"] = "One at a time"
    tell(f"{count_of(len(numbers), 'sample is', 'samples are')} in the queue.")
    return True


def _generate(workspace: Workspace, shown: Map, chosen: Chosen, is_drawn: bool) -> None:
    numbers, about = chosen
    which = st.radio("Start from", [THESE, NEAR, BOTH], key="map.seeds")
    st.caption(
        "A run starts from these seeds and notes the region. At its end what it made is placed on this map, and the "
        "share that has come to lie in the region is told."
    )
    if not st.button("Set up the run", key="map.generate", type="primary", icon=":material/arrow_forward:"):
        return
    near = [] if which == THESE else surroundings(workspace, shown, numbers, EACH)
    taken = _evenly(numbers)
    seeds = {THESE: taken, NEAR: near, BOTH: [*taken, *near]}[which]
    if not seeds:
        st.warning("No other sample is like these. Start from the samples themselves.")
        return
    region = _region(workspace, shown, numbers, is_drawn)
    if region is None:
        st.warning("None of these samples is on the map, so there is no region to aim at.")
        return
    words = {THESE: about, NEAR: f"most like those {about}", BOTH: f"{about}, and those most like them"}[which]
    seed_with(seeds, words, region)


def _evenly(numbers: Sequence[int]) -> list[int]:
    if len(numbers) <= MOST_SEEDS:
        return list(numbers)
    return [numbers[at] for at in np.linspace(0, len(numbers) - 1, MOST_SEEDS).astype(int).tolist()]


def _region(workspace: Workspace, shown: Map, numbers: Sequence[int], is_drawn: bool) -> Region | None:
    """What was drawn, as long as it is what selected these samples; else an outline around most of them."""
    there, positions = read_positions(workspace, shown.id)
    frame, shapes = frame_of(positions), st.session_state.get(SHAPES)
    drawn = drawn_region(shown.id, frame, shapes) if is_drawn and shapes else None
    own = positions[np.isin(there, np.asarray(numbers, np.int32))]
    return drawn or (region_around(shown.id, frame, own) if len(own) else None)
