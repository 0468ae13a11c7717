"""Configure a method with a model, see what it will take, look at a first few samples, start it."""

import streamlit as st

from curation.facets import Facets
from curation.generators import MODEL_GENERATORS
from curation.methods import ModelGenerator
from curation.stages.seeds import needs_seeds
from curation.stages.synthesis import Order, synthesis_job
from curation.store import Workspace
from pages._parts.generate_cost import choose_caps, show_expected
from pages._parts.generate_documents import choose_documents
from pages._parts.generate_endpoint import choose_endpoint
from pages._parts.generate_preview import look, show_seen
from pages._parts.generate_seeds import choose_pool, chosen_region
from pages._parts.generate_start import begin
from pages._parts.method_form import method_form

NEEDS = "generate.needs"
WITHOUT_POOL = ("ask",)
"""Methods on which seeds have no influence at all."""


def show_model_method(workspace: Workspace, name: str, facets: Facets) -> None:
    """The form of one method, its cost, its preview and the button that starts it."""
    left, right = st.columns([3, 2], gap="large")
    with left:
        method = method_form(MODEL_GENERATORS[name], f"generate.{name}", choose_documents)
        caps = choose_caps("generate.caps")
    with right:
        endpoint = choose_endpoint(workspace)
        is_needed = name not in WITHOUT_POOL and (method is None or _needs(method))
        pool = () if name in WITHOUT_POOL else choose_pool(workspace, facets, is_needed)
    with left:
        order = None
        if method and endpoint and (pool or not is_needed):
            order = Order(method, endpoint.name, pool, caps, chosen_region())
        if order and endpoint and not show_expected(workspace, order, endpoint):
            order = None
        _buttons(workspace, order)
    if order:
        show_seen(order)


def _needs(method: ModelGenerator) -> bool:
    """Whether it needs seeds, found out once for the same options: some methods read files to tell."""
    if st.session_state.get(NEEDS, (None, None))[0] != method:
        st.session_state[NEEDS] = (method, needs_seeds(method))
    return bool(st.session_state[NEEDS][1])


def _buttons(workspace: Workspace, order: Order | None) -> None:
    off = order is None
    see, go = st.columns(2)
    if see.button("Preview 3", key="generate.preview", icon=":material/visibility:", disabled=off, width="stretch"):
        look(workspace, order)
    go.button(
        "Run", key="generate.start", type="primary", icon=":material/play_arrow:", disabled=off, width="stretch",
        on_click=begin, args=(workspace, synthesis_job(workspace, order) if order else None),
    )  # fmt: skip
