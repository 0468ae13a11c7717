"""Which files an export has."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from curation.exporters import FORMATS
from pages._parts.titles import form_title

USUAL = "openai_chat"


@dataclass(frozen=True)
class Files:
    """What the reader asks for; as in `Wanted`."""

    name: str
    licence: str
    formats: tuple[str, ...]
    text: bool
    traced: bool


def choose_files(usual: Sequence[str]) -> Files:
    """Name, licence, formats and their options.

    Args:
        usual: the formats that the recipe names, which are chosen at first; where it names none, OpenAI chat.
    """
    name = st.text_input("Name of the data set", value="my-data", key="export.name")
    licence = st.text_input(
        "Licence", value="other", key="export.licence", help="As the Hugging Face Hub writes it, for example cc-by-4.0."
    )
    formats = st.multiselect(
        "Formats",
        list(FORMATS),
        default=[form for form in usual if form in FORMATS] or [USUAL],
        format_func=form_title,
        key="export.formats",
        help="Each gets a folder of its own, with one file per split. docs/formats.md has their columns, and how each "
        "trainer loads them.",
    )
    for form in formats:
        title, _, holds = FORMATS[form].label().partition(": ")
        st.caption(f"**{title}**: {holds}. Read by {FORMATS[form].read_by}.")
    text = any("conversational" in FORMATS[form].model_fields for form in formats) and st.toggle(
        "TRL formats as plain text",
        key="export.text",
        help="Off: lists of messages, to which a trainer applies the chat template of its model.",
    )
    traced = st.toggle(
        "Columns that say where each row came from",
        key="export.traced",
        help="Method, model, hash of the prompt, parents, run and source, beside the columns of the format. They are "
        "always in provenance.jsonl; leave them out of files for OpenAI.",
    )
    return Files(name, licence, tuple(formats), text, traced)
