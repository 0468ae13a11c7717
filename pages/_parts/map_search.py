"""Finding samples on the map: by words or by meaning. What is found is marked; nothing is narrowed down."""

import streamlit as st

from curation.errors import CurationError
from curation.facets import Facets
from curation.stages.finding import find_by_meaning
from curation.store import Workspace
from curation.store.browse import numbers_of
from curation.store.maps import Map
from pages._parts.map_acts import FOUND
from pages._parts.plain import plain

FAILED = "map.find.failed"
MEANING, WORDS = "meaning", "words"
LIMIT = 100


def search_box(workspace: Workspace, shown: Map) -> None:
    """A line to type in; what is found is kept for the tab until another search or an empty line."""

    def find() -> None:
        query, way = st.session_state["map.find"].strip(), st.session_state["map.find.by"]
        st.session_state[FAILED], st.session_state[FOUND] = "", []
        try:
            if query and way == WORDS:
                st.session_state[FOUND] = numbers_of(workspace, Facets(text=query))
            elif query:
                st.session_state[FOUND] = find_by_meaning(workspace, shown, query, LIMIT)[0]
        except CurationError as error:
            st.session_state[FAILED] = str(error)

    line, by = st.columns([3, 2], vertical_alignment="bottom")
    line.text_input(
        "Find on the map", key="map.find", on_change=find, placeholder="a word, or a sentence that says what is meant"
    )
    names = {MEANING: f"By meaning, nearest {LIMIT}", WORDS: "By words"}
    by.segmented_control(
        "Find", list(names), default=MEANING, format_func=names.__getitem__, key="map.find.by", on_change=find,
        required=True, label_visibility="collapsed",
    )  # fmt: skip
    if st.session_state.get(FAILED):
        st.warning(plain(st.session_state[FAILED]))
