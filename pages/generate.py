"""Generate: make samples with a model, by rule or by hand, and see what became of each run."""

import streamlit as st

from curation.stages.judging import KIND as JUDGING
from pages._parts.facet_bar import facet_bar
from pages._parts.generate_choice import BY_HAND, WITH_MODEL, choose_way
from pages._parts.generate_judge import show_judge
from pages._parts.generate_method import show_method
from pages._parts.generate_model import show_model_method
from pages._parts.generate_pairs import show_pairs
from pages._parts.generate_runs import show_runs
from pages._parts.generate_start import JUDGE, NEW, PAIR, choose_view, choose_what, resume
from pages._parts.generate_write import show_form
from pages._parts.progress import show_progress
from pages._parts.workspace import workspace

ws = workspace()
st.title("Generate")
facets = facet_bar(ws)
what = choose_what()
if what == JUDGE:
    show_progress(ws, JUDGING, resume=lambda run: resume(ws, run))
    show_judge(ws, facets)
    st.stop()
if what == PAIR:
    show_progress(ws)
    show_pairs(ws, facets)
    st.stop()
if choose_view(ws) != NEW:
    show_runs(ws)
    st.stop()

show_progress(ws, resume=lambda run: resume(ws, run))
way, method = choose_way()
if way == BY_HAND:
    show_form(ws)
elif way == WITH_MODEL:
    show_model_method(ws, method, facets)
else:
    show_method(ws, method, facets)
