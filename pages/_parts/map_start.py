"""Drawing a map: the first one, or anew."""

import streamlit as st

from curation.stages.embedding import chosen_embedder, look_job
from curation.store import Workspace
from curation.store.charts import count_not_placed
from curation.store.maps import Map
from curation.store.samples import count_samples
from curation.store.vectors import FIELDS
from pages._parts.progress import start

FIELD_WORDS = {"prompt": "instruction and input", "instruction": "instruction only", "output": "answer"}
MOST_SEED = 2**31 - 1


def offer_first(workspace: Workspace) -> None:
    """What a map is and the button that draws it, or where samples come from when there are none."""
    samples = count_samples(workspace)
    if not samples:
        st.info("There are no samples yet, so there is nothing to draw.")
        st.page_link("pages/import.py", label="Import samples", icon=":material/upload_file:")
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
        f"{shown.samples:,} samples by {FIELD_WORDS.get(shown.field, shown.field)}, seed {shown.seed}, laid out "
        f"{shown.made:%Y-%m-%d %H:%M} UTC. Close together means similar; the axes have no unit."
    )
    with button.popover("Lay out anew", width="stretch"):
        _form(workspace, "Lay out anew", shown.field, shown.seed)
    missing = count_not_placed(workspace, shown.id, shown.field)
    if missing:
        st.info(f"{missing:,} samples are not on this map yet. “Lay out anew” embeds and adds them.")


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
    st.caption(f"Embedding model: {chosen_embedder(workspace).name}")
    st.button(
        label, key="map.draw", type="primary", on_click=lambda: start(workspace, look_job(workspace, by, int(number)))
    )
