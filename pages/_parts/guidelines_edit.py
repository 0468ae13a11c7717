"""Writing guidelines, what changed between versions, and asking again about what earlier ones gave."""

import difflib
import secrets

import streamlit as st

from curation.errors import CurationError
from curation.facets import Facets
from curation.stages.guidelines import TEMPLATE, affected, ask_again, publish
from curation.store import Workspace
from curation.store.guidelines import Guidelines, list_guidelines
from curation.store.people import refusal
from pages._parts.facet_bar import choose
from pages._parts.guidelines_show import said_by
from pages._parts.plain import visible
from pages._parts.titles import count_of
from pages._parts.workspace import reviewer

TEXT = "guidelines.text"
SAID = "guidelines.said"
PRESS = "guidelines.press"


def show_editor(workspace: Workspace, found: Guidelines | None) -> None:
    """The text in a field, and the button that puts it in force."""
    st.session_state.setdefault(TEXT, found.text if found else TEMPLATE)
    st.text_area(
        "Guidelines", key=TEXT, height=520, label_visibility="collapsed",
        help="Headings with #, lists with -, quotations with >, **bold**, *italic*. Anything else is shown as it is.",
    )  # fmt: skip
    name = "Save as version 1" if found is None else f"Save as version {found.version + 1}"
    barred = refusal(workspace, "guidelines")
    st.button(
        name, key="guidelines.save", type="primary", icon=":material/check:", on_click=_save, args=(workspace,),
        disabled=bool(barred), help=barred or None,
    )  # fmt: skip


def show_affected(workspace: Workspace, facets: Facets, found: Guidelines) -> None:
    """How many decisions are from earlier versions, and a button that has them asked again."""
    numbers = affected(workspace, facets)
    where = " that match the filters" if facets else ""
    if not numbers:
        st.caption(f"No decision{where} is from before version {found.version}, or all of them are being asked again.")
        return
    st.warning(
        f"{count_of(len(numbers), 'decision', 'decisions')}{where} were made before version {found.version}.",
        icon=":material/history:",
    )
    st.caption(
        "Asked again, these samples come back into everybody's queue on Review. What was decided holds until somebody "
        "decides anew; undo takes the asking back. Narrow down with the filters on the left where the change concerns "
        "only some."
    )
    press = st.session_state.setdefault(PRESS, secrets.token_hex(8))
    barred = refusal(workspace, "guidelines")
    st.button(
        f"Ask again about {len(numbers):,}", key="guidelines.again", type="primary", icon=":material/replay:",
        on_click=_ask, args=(workspace, numbers, press), disabled=bool(barred), help=barred or None,
    )  # fmt: skip


def show_versions(workspace: Workspace) -> None:
    """Every version; of one that is chosen, what it changed."""
    versions = list_guidelines(workspace)
    titles = {one.version: one for one in versions}
    chosen = st.selectbox(
        "Version", list(titles), key="guidelines.version",
        format_func=lambda n: visible(f"Version {n}, by {titles[n].reviewer}, {titles[n].made:%Y-%m-%d %H:%M} UTC"),
    )  # fmt: skip
    one, before = titles[chosen], titles.get(chosen - 1)
    st.caption(said_by(one) + (f". Lines that are new since version {before.version} begin with +." if before else "."))
    st.code(visible(_changed(before.text if before else one.text, one.text)), language="diff" if before else None)
    st.button("See its decisions", key="guidelines.see", on_click=_see, args=(chosen,), icon=":material/table_rows:")
    if st.session_state.pop("guidelines.go", False):
        st.switch_page("pages/review.py")


def _changed(before: str, after: str) -> str:
    """Every line, with + before what is new and - before what is gone; the text itself where nothing is."""
    if before == after:
        return after
    lines = difflib.ndiff(before.split("\n"), after.split("\n"))
    return "\n".join(line for line in lines if not line.startswith("?"))


def _see(version: int) -> None:
    choose(Facets(labels=(("guidelines", f"version {version}"),)))
    st.session_state["review.view"] = "Table"
    st.session_state["guidelines.go"] = True


def _save(workspace: Workspace) -> None:
    try:
        version = publish(workspace, st.session_state[TEXT], reviewer(workspace))
    except CurationError as error:
        st.session_state[SAID] = ("error", str(error))
        return
    st.session_state[SAID] = ("success", f"Version {version} is in force. Every decision from now on notes it.")


def _ask(workspace: Workspace, numbers: list[int], press: str) -> None:
    try:
        ask_again(workspace, numbers, reviewer(workspace), press)
    except CurationError as error:
        st.session_state[SAID] = ("error", str(error))
        return
    st.session_state[PRESS] = secrets.token_hex(8)
    words = f"{count_of(len(numbers), 'sample is', 'samples are')} asked again on Review."
    st.session_state[SAID] = ("success", words)
