"""Which samples a method starts from: what matches the filters in the sidebar, narrowed down further or not."""

from collections.abc import Sequence
from typing import Literal

import streamlit as st

from curation.facets import Facets
from curation.stages.regions import Region
from curation.stages.seeds import Which, choose_seeds
from curation.store import Workspace
from curation.store.samples import count_samples
from pages._parts.generate_start import MAKE, NEW, VIEW, WHAT
from pages._parts.plain import plain
from pages._parts.titles import count_of

SEEDS = "generate.seeds"
CHOSEN = "generate.seeds.chosen"
"""The seeds that another page handed over: their numbers, and what they are in words."""
REGION = "generate.seeds.region"
"""The part of a map that the run is aimed at, where it was handed over with the seeds."""
HERE: Literal["here"] = "here"

WORDS: dict[Which, str] = {
    "in": "Accepted and kept",
    "people": "Of these, written by people",
    "all": "Everything that matches",
}


def seed_with(numbers: Sequence[int], about: str, region: Region | None = None) -> None:
    """Turn to the Generate page, with these samples as the seeds of a new run; `about` says what they are.

    Where the run is aimed at a region of a map, what it makes is placed on that map at the end.
    """
    st.session_state[CHOSEN], st.session_state[REGION] = (tuple(sorted(set(numbers))), about), region
    st.session_state[SEEDS] = HERE
    st.session_state[WHAT], st.session_state[VIEW] = MAKE, NEW
    st.switch_page("pages/generate.py")


def chosen_region() -> Region | None:
    """The region that came with the seeds, as long as they are the ones that are chosen."""
    region: Region | None = st.session_state.get(REGION)
    return region if st.session_state.get(SEEDS) == HERE else None


def choose_pool(workspace: Workspace, facets: Facets, is_needed: bool) -> tuple[int, ...]:
    """Let the reader choose the seeds and give their numbers; where needed ones are missing, say how to get them."""
    handed: tuple[tuple[int, ...], str] | None = st.session_state.get(CHOSEN)
    options = [*([HERE] if handed else []), *WORDS]
    which = st.radio(
        "Seeds", options, format_func=lambda one: "Chosen on another page" if one == HERE else WORDS[one], key=SEEDS,
        persist_state="session", help="The filters in the sidebar narrow them down further, but for chosen ones.",
    )  # fmt: skip
    if which == HERE:
        numbers, about = handed or ((), "none")
        st.caption(f"{count_of(len(numbers), 'sample', 'samples')}: {plain(about)}.")
        if st.session_state.get(REGION):
            st.caption("What is made is placed on the map at the end, and the share that lies in the region is told.")
        return numbers
    numbers = choose_seeds(workspace, facets, which)
    if not is_needed:
        st.caption(f"This method starts from nothing; it only keeps clear of what the {len(numbers):,} seeds hold.")
    elif numbers:
        narrowed = " that match the filters in the sidebar" if facets else ""
        st.caption(f"{count_of(len(numbers), 'sample', 'samples')}{narrowed}.")
    else:
        _none(workspace)
    return numbers


def _none(workspace: Workspace) -> None:
    if count_samples(workspace):
        st.info("No sample is left to start from. Choose other seeds, or show more in the sidebar.")
        return
    st.info("This method needs seeds to start from, and the workspace is empty.")
    st.page_link("pages/overview.py", label="Open the sample project", icon=":material/science:")
    st.page_link("pages/import.py", label="Import samples", icon=":material/upload_file:")
