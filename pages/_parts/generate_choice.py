"""Which way to make samples, and by which method."""

from collections.abc import Mapping
from inspect import getdoc

import streamlit as st

from curation.generators import GENERATORS, MODEL_GENERATORS
from curation.methods import Plugin

WITH_MODEL, BY_RULE, BY_HAND = "With a model", "Without a model", "By hand"
WAY = "generate.way"


def choose_way() -> tuple[str, str]:
    """(way, name of the method): the method is "" where samples are written by hand."""
    way = st.segmented_control(
        "How", [WITH_MODEL, BY_RULE, BY_HAND], default=WITH_MODEL, required=True, key=WAY,
        label_visibility="collapsed", persist_state="session",
    )  # fmt: skip
    if way == BY_HAND:
        return BY_HAND, ""
    if way == BY_RULE:
        return BY_RULE, _choose(GENERATORS, "generate.method.rule")
    return WITH_MODEL, _choose(MODEL_GENERATORS, "generate.method.model")


def about(method: type[Plugin]) -> str:
    """What the docstring says about a method when to use it, after its first line and before its examples."""
    text = (getdoc(method) or "").split("\n>>>")[0]
    return text.partition("\n")[2].strip()


def _choose(methods: Mapping[str, type[Plugin]], key: str) -> str:
    name = st.selectbox(
        "Method", list(methods), format_func=lambda name: methods[name].label(), key=key, persist_state="session",
        help="Type to search.",
    )  # fmt: skip
    said = about(methods[name])
    if said:
        st.caption(said)
    return name
