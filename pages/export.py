"""Export: what is in, split without leaks, in the formats that trainers read."""

import streamlit as st

from curation import runs
from curation.errors import CurationError
from curation.exporters import FORMATS
from curation.recipe import Splits
from curation.stages.curating import current_recipe
from curation.stages.exporting import Wanted, default_root, export_job
from curation.stages.planning import plan
from curation.store.people import refusal
from curation.store.recipes import read_exports
from curation.store.samples import count_samples
from pages._parts.empty import nothing_yet
from pages._parts.export_plan import download, show_exports, show_plan
from pages._parts.export_practice import choose_practice, show_practice
from pages._parts.plain import plain
from pages._parts.progress import show_progress
from pages._parts.titles import form_title
from pages._parts.workspace import workspace

ws = workspace()
st.title("Export")
show_progress(ws, "export")
if not count_samples(ws):
    nothing_yet("No sample is in the workspace yet, so there is nothing to export.")
    st.stop()

left, right = st.columns([2, 3], gap="large")
with left:
    name = st.text_input("Name of the data set", value="my-data", key="export.name")
    licence = st.text_input(
        "Licence", value="other", key="export.licence", help="As the Hugging Face Hub writes it, for example cc-by-4.0."
    )
    accepted_only = st.toggle(
        "Only what a person accepted",
        key="export.accepted",
        help="Off: everything that the recipe keeps and nobody rejected is exported too.",
    )
    states = ("accepted",) if accepted_only else ("accepted", "kept")
    practice = choose_practice(ws, states)
    formats = st.multiselect(
        "Formats",
        list(FORMATS),
        default=["openai_chat"],
        format_func=form_title,
        key="export.formats",
        help="Each gets a folder of its own, with one file per split.",
    )
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
    before = current_recipe(ws).splits
    validation = st.number_input("Validation, %", 0.0, 50.0, 100 * before.validation, 1.0, key="export.validation")
    test = st.number_input("Test, %", 0.0, 49.0, 100 * before.test, 1.0, key="export.test")
    seed = st.number_input("Seed of the split", 0, 2**31, before.seed, key="export.seed")
    splits = Splits(
        train=round(1 - (validation + test) / 100, 6), validation=validation / 100, test=test / 100, seed=int(seed)
    )

with right:
    try:
        chosen = plan(ws, states, splits, practice=practice)
    except CurationError as error:
        st.info(plain(str(error)))
        st.page_link("pages/filters.py", label="Loosen the filters", icon=":material/tune:")
        st.page_link("pages/review.py", label="Accept samples", icon=":material/rate_review:")
        st.stop()
    show_practice(ws, states, practice)
    wanted = Wanted(name, tuple(formats), default_root(ws), states, splits, licence, practice, text, traced)
    show_plan(ws, chosen, wanted.forms())
    barred = refusal(ws, "export")
    blocked = bool(barred) or not formats or not name.strip()
    if st.button("Export", type="primary", key="export.start", disabled=blocked, help=barred or None):
        try:
            runs.start(ws, export_job(ws, wanted))
        except CurationError as error:
            st.warning(plain(str(error)))
        else:
            st.rerun()

finished = read_exports(ws)
if finished:
    st.subheader("Finished exports")
    show_exports(finished)
    download(finished)
