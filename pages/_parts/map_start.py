"""Drawing a map: the first one, or anew."""

import streamlit as st

from curation import runs
from curation.layouts import Layout
from curation.stages.embedding import EMBEDDER, look_job
from curation.store import Workspace
from curation.store.charts import count_not_placed
from curation.store.maps import Map
from curation.store.samples import count_samples
from curation.store.settings import read_setting
from curation.store.vectors import FIELDS
from pages._parts.empty import nothing_yet
from pages._parts.plain import plain
from pages._parts.progress import start
from pages._parts.titles import count_of

FIELD_WORDS = {"prompt": "instruction and input", "instruction": "instruction only", "output": "answer"}
BUNDLED = "all-MiniLM-L6-v2, which comes with Sift"
MOST_SEED = 2**31 - 1


def offer_first(workspace: Workspace) -> None:
    """What a map is and the button that draws it, or where samples come from when there are none."""
    samples = count_samples(workspace)
    if not samples:
        nothing_yet("There are no samples yet, so there is nothing to draw.")
        return
    st.write(
        f"A map puts samples that mean similar things close together. For that, each of the {samples:,} samples is "
        "turned into a vector by the embedding model on this computer; the near-duplicates are found on the way. It "
        "runs in the background, and what is embedded stays when you stop it."
    )
    _form(workspace, "Embed and draw the map", "prompt", 42)


def show_state(workspace: Workspace, shown: Map) -> None:
    """What the map shows, how many samples are not on it yet, and a way to lay it out anew."""
    words, button = st.columns([5, 1], vertical_alignment="center")
    words.caption(
        f"{shown.samples:,} samples by {FIELD_WORDS.get(shown.field, shown.field)}, seed {shown.layout.seed}, laid out "
        f"{shown.made:%Y-%m-%d %H:%M} UTC. Close together means similar; the axes have no unit."
    )
    with button.popover("Lay out anew", width="stretch"):
        _form(workspace, "Lay out anew", shown.field, shown.layout.seed)
    missing = count_not_placed(workspace, shown.id, shown.field)
    if missing:
        st.info(
            f"{count_of(missing, 'sample is', 'samples are')} not on this map yet. “Lay out anew” adds what is missing."
        )


def _form(workspace: Workspace, label: str, field: str, seed: int) -> None:
    by = st.selectbox(
        "Compare by",
        list(FIELDS),
        index=FIELDS.index(field) if field in FIELDS else 0,
        format_func=lambda name: FIELD_WORDS.get(name, name),
        key="map.field",
    )
    number = st.number_input(
        "Seed", 0, MOST_SEED, seed, key="map.seed", help="The same samples and seed give the same map."
    )
    st.caption(f"Embedding model: {plain(read_setting(workspace, EMBEDDER) or BUNDLED)}")
    st.button(
        label, key="map.draw", type="primary", disabled=bool(runs.running(workspace, "embed")),
        on_click=lambda: start(workspace, look_job(workspace, by, Layout(seed=int(number)))),
    )  # fmt: skip
