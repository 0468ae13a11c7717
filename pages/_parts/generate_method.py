"""Configure a method that needs no model, look at what it makes, start it."""

import streamlit as st

from curation.errors import CurationError
from curation.facets import Facets
from curation.generators import GENERATORS
from curation.methods import Generator
from curation.stages.generating import Foretaste, foretaste, generate_job
from curation.store import Workspace
from curation.store.browse import count
from pages._parts.card import show_text
from pages._parts.cells import visible_rows
from pages._parts.generate_start import begin
from pages._parts.generate_table import choose_table
from pages._parts.method_form import method_form
from pages._parts.plain import plain, visible

WITHOUT_POOL = ("templates",)
FORETASTE = "generate.foretaste"


def show_method(workspace: Workspace, name: str, facets: Facets) -> None:
    """The form of one method, its preview and the button that starts it."""
    pool = None if name in WITHOUT_POOL else facets
    if pool is not None:
        _show_pool(workspace, pool)
    generator = method_form(GENERATORS[name], f"generate.{name}", choose_table)
    look, go, _ = st.columns([1, 1, 3])
    off = generator is None
    if look.button("Preview", key="generate.preview", icon=":material/visibility:", disabled=off, width="stretch"):
        _look(workspace, generator, pool)
    go.button(
        "Run", key="generate.start", type="primary", icon=":material/play_arrow:", disabled=off, width="stretch",
        on_click=begin, args=(workspace, generate_job(workspace, generator, pool) if generator else None),
    )  # fmt: skip
    seen = st.session_state.get(FORETASTE)
    if seen and seen[0] == (generator, pool):
        _show(seen[1])


def _show_pool(workspace: Workspace, pool: Facets) -> None:
    matching = count(workspace, pool)
    how = "match the filters in the sidebar" if pool else "are in the workspace; narrow them down in the sidebar"
    st.markdown(f"**Pool:** {matching:,} samples, which {how}.")
    if not matching:
        st.page_link("pages/import.py", label="Import samples", icon=":material/upload_file:")


def _look(workspace: Workspace, generator: Generator | None, pool: Facets | None) -> None:
    if generator is None:
        return
    try:
        st.session_state[FORETASTE] = ((generator, pool), foretaste(workspace, generator, pool))
    except CurationError as error:
        st.session_state.pop(FORETASTE, None)
        st.error(plain(str(error)), icon=":material/error:")


def _show(seen: Foretaste) -> None:
    if not seen.samples:
        st.info("Nothing would be made: no sample of the pool fits this method. Choose another pool or other options.")
        return
    st.markdown(f"**At most {seen.most:,}** samples. The first {len(seen.samples)}:")
    for column, made in zip(st.columns(len(seen.samples)), seen.samples, strict=True):
        with column:
            show_text(made.sample)
            st.text(visible(f"{made.origin.source}, {made.origin.ref}"))
    if seen.refusals:
        st.warning(f"{len(seen.refusals):,} rows of the table cannot be used:")
        st.dataframe(
            visible_rows([{"place": one.place, "reason": one.reason} for one in seen.refusals]),
            hide_index=True,
            width="stretch",
        )
