"""The form in which a person writes a sample, with guidelines beside it."""

import secrets

import streamlit as st

from curation.errors import CurationError
from curation.facets import Facets
from curation.stages.refreshing import refresh_later
from curation.stages.writing import METHOD, Draft, write_sample
from curation.store import Workspace
from curation.store.browse import count
from pages._parts.facet_bar import choose
from pages._parts.generate_choice import BY_HAND, WAY
from pages._parts.generate_guidelines import GUIDELINES
from pages._parts.generate_start import MAKE, NEW, VIEW, WHAT
from pages._parts.guidelines_show import show_guidelines
from pages._parts.outcome import show_outcome
from pages._parts.workspace import reviewer

TURN = "generate.write.turn"
SAID = "generate.write.said"
CATEGORIES = (
    "brainstorming", "code", "data formatting", "dialogue", "editing", "explanation", "extraction", "maths", "planning",
    "reasoning", "rewriting", "science", "summarising", "translation", "writing",
)  # fmt: skip


def show_form(workspace: Workspace) -> None:
    """Instruction, input, answer and kind; after each sample the form is empty again."""
    turn = st.session_state.setdefault(TURN, secrets.token_hex(8))
    key = f"generate.write.{turn}"
    left, right = st.columns([3, 2], gap="large")
    with right:
        st.subheader("Guidelines")
        show_guidelines(workspace)
        with st.container(border=True):
            st.markdown(GUIDELINES)
    with left:
        show_outcome(SAID)
        st.text_area("Instruction", key=f"{key}.instruction", height=90, placeholder="What is asked")
        st.text_area(
            "Input", key=f"{key}.input", height=120, placeholder="What it is asked about; empty where there is nothing"
        )
        st.text_area("Answer", key=f"{key}.output", height=150, placeholder="The answer that you would sign")
        kind, choice = st.columns([2, 1], vertical_alignment="bottom")
        classification = choice.toggle(
            "Classification", key=f"{key}.classification", help="The answer is one of a few labels."
        )
        kind.selectbox(
            "Category", CATEGORIES, index=None, key=f"{key}.category", accept_new_options=True,
            placeholder="classification" if classification else "choose or type one", disabled=classification,
        )  # fmt: skip
        st.button(
            "Add sample", key=f"{key}.add", type="primary", icon=":material/add:", on_click=_add,
            args=(workspace, turn),
        )  # fmt: skip
        _written(workspace)


def show_write_link(key: str) -> None:
    """A button on another page that leads to the form."""
    if st.button("Write a sample by hand", key=key, icon=":material/edit_note:"):
        st.session_state[WHAT], st.session_state[VIEW], st.session_state[WAY] = MAKE, NEW, BY_HAND
        st.switch_page("pages/generate.py")


def _add(workspace: Workspace, turn: str) -> None:
    instruction, given, output, category = (
        str(st.session_state.get(f"generate.write.{turn}.{name}") or "")
        for name in ("instruction", "input", "output", "category")
    )
    classification = bool(st.session_state.get(f"generate.write.{turn}.classification"))
    draft = Draft(instruction, given, output, category, classification)
    try:
        number = write_sample(workspace, draft, reviewer(workspace), turn)
    except CurationError as error:
        st.session_state[SAID] = ("error", str(error))
        return
    refresh_later(workspace)
    st.session_state[SAID] = ("success", f"Sample {number:,} is in the workspace.")
    if st.session_state.get(TURN) == turn:
        st.session_state[TURN] = secrets.token_hex(8)


def _written(workspace: Workspace) -> None:
    written = count(workspace, Facets(methods=(METHOD,)))
    if written and st.button(
        f"See the {written:,} written by hand", key="generate.write.see", icon=":material/table_rows:"
    ):
        choose(Facets(methods=(METHOD,)))
        st.session_state["review.view"] = "Table"
        st.switch_page("pages/review.py")
