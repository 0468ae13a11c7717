"""Drawing a map: the first one, another one beside it, or anew; which one is shown; what came later is placed on it."""

import streamlit as st

from curation import runs
from curation.errors import CurationError
from curation.layouts import Layout, Method, Metric
from curation.stages.embedding import EMBEDDER, chosen_precision, look_job
from curation.stages.mapping import choose_map, seconds_for
from curation.stages.placing import place_job
from curation.stages.sights import missing_from
from curation.store import Workspace
from curation.store.maps import Map, list_maps
from curation.store.samples import count_samples
from curation.store.settings import read_setting
from curation.store.vectors import FIELDS
from pages._parts.empty import nothing_yet
from pages._parts.plain import plain, visible
from pages._parts.progress import start
from pages._parts.titles import count_of

FIELD_WORDS = {"prompt": "instruction and input", "instruction": "instruction only", "output": "answer"}
METHOD_WORDS: dict[Method, str] = {"sift": "Sift's own UMAP, fast", "umap-learn": "umap-learn, the reference"}
METRIC_WORDS: dict[Metric, str] = {"cosine": "cosine", "euclidean": "Euclidean"}
BUNDLED = "all-MiniLM-L6-v2, which comes with Sift"
MOST_SEED = 2**31 - 1
CHOSEN = "map.chosen"


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
    _form(workspace, "Embed and draw the map", "prompt", Layout())


def show_state(workspace: Workspace, shown: Map) -> None:
    """Title and map in one line: which map it is, what it shows, a way to lay out another one or this one anew."""
    title, which, about, button = st.columns([1, 4, 1.2, 1.2], vertical_alignment="center")
    title.title("Map")
    with which:
        _choose(workspace, shown)
    with about.popover("About it", width="stretch"):
        later = f", {shown.later:,} of them placed later" if shown.later else ""
        st.text(
            f"{shown.samples:,} samples{later}, by {visible(shown.model)}. Laid out {shown.made:%Y-%m-%d %H:%M} UTC: "
            f"{_in_words(shown.layout)}. Close together means similar; the axes have no unit."
        )
    with button.popover("Lay out anew", width="stretch"):
        _form(workspace, "Lay out", shown.field, shown.layout)
    missing = missing_from(workspace, shown)
    if missing:
        _offer_places(workspace, shown, missing)


def name_of(one: Map) -> str:
    """What a map is called in a list."""
    return visible(f"{FIELD_WORDS.get(one.field, one.field)} · {one.model} · {_in_words(one.layout)}")


def _choose(workspace: Workspace, shown: Map) -> None:
    maps = {one.id: one for one in list_maps(workspace)}
    if len(maps) < 2:
        st.caption(f"{shown.samples:,} samples, compared by {FIELD_WORDS.get(shown.field, shown.field)}")
        return
    st.session_state[CHOSEN] = shown.id
    st.selectbox(
        "Map", sorted(maps), format_func=lambda key: name_of(maps[key]), key=CHOSEN, on_change=_show, args=(workspace,),
        label_visibility="collapsed",
    )  # fmt: skip


def _show(workspace: Workspace) -> None:
    try:
        choose_map(workspace, st.session_state[CHOSEN])
    except CurationError as error:
        st.warning(plain(str(error)))


def _offer_places(workspace: Workspace, shown: Map, missing: int) -> None:
    words, button = st.columns([5, 1], vertical_alignment="center")
    words.info(
        f"{count_of(missing, 'sample is', 'samples are')} not on this map yet. They can be placed among the others, "
        "which stay where they are; “Lay out anew” moves all."
    )
    button.button(
        "Place them", key="map.place", disabled=bool(runs.running(workspace, "embed")), width="stretch",
        on_click=_place, args=(workspace, shown.id),
    )  # fmt: skip


def _place(workspace: Workspace, key: str) -> None:
    try:
        start(workspace, place_job(workspace, key))
    except CurationError as error:
        st.warning(plain(str(error)))


def _in_words(layout: Layout) -> str:
    return (
        f"{layout.method}, {layout.neighbours} neighbours, distance {layout.min_distance:g}, {layout.metric}, "
        f"seed {layout.seed}"
    )


def _form(workspace: Workspace, label: str, field: str, layout: Layout) -> None:
    by = st.selectbox(
        "Compare by",
        list(FIELDS),
        index=FIELDS.index(field) if field in FIELDS else 0,
        format_func=lambda name: FIELD_WORDS.get(name, name),
        key="map.field",
    )
    wanted = _layout(layout)
    model = read_setting(workspace, EMBEDDER) or BUNDLED
    st.caption(f"Embedding model: {plain(model)}, {chosen_precision(workspace)}. Other maps are kept.")
    minutes = seconds_for(count_samples(workspace)) / 60
    if minutes >= 1:
        st.caption(
            f"Laying out takes about {minutes:,.0f} minutes of one core: each sample is compared with every other. "
            "Embedding what is not embedded yet comes on top."
        )
    st.button(
        label, key="map.draw", type="primary", disabled=bool(runs.running(workspace, "embed")),
        on_click=lambda: start(workspace, look_job(workspace, by, wanted)),
    )  # fmt: skip


def _layout(now: Layout) -> Layout:
    """The options of UMAP, as a map has them and as the reader changes them."""
    left, right = st.columns(2)
    neighbours = left.number_input(
        "Neighbours", 2, 100, now.neighbours, key="map.neighbours",
        help="How many samples shape the surroundings of each: few show detail, many the whole.",
    )  # fmt: skip
    distance = right.number_input(
        "Least distance", 0.0, 0.99, now.min_distance, step=0.05, key="map.distance",
        help="How close together points may lie: 0 packs what is similar, 0.99 spreads it.",
    )  # fmt: skip
    metric = left.selectbox(
        "Metric", list(METRIC_WORDS), list(METRIC_WORDS).index(now.metric), format_func=METRIC_WORDS.__getitem__,
        key="map.metric",
    )  # fmt: skip
    seed = right.number_input(
        "Seed", 0, MOST_SEED, now.seed, key="map.seed", help="The same samples and options give the same map."
    )
    method = st.selectbox(
        "Laid out by", list(METHOD_WORDS), list(METHOD_WORDS).index(now.method),
        format_func=METHOD_WORDS.__getitem__, key="map.method",
    )  # fmt: skip
    return Layout(method, int(neighbours), float(distance), metric, int(seed))
