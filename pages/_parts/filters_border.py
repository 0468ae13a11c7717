"""The samples on either side of a bound."""

import numpy as np
import streamlit as st

from curation.recipe import Column, Labels, Rule
from curation.stages.borders import Edge, border, sides
from curation.stages.tuning import Choice, among
from curation.store import Workspace
from curation.store.samples import read_samples
from pages._parts.bounds import EDGES
from pages._parts.filters_samples import pick_sample, show_sample


def show_border(workspace: Workspace, choice: Choice, values: Column, rule: Rule | None) -> None:
    """Ten samples on either side of a bound; a click on one shows it."""
    if rule is None:
        st.caption("This signal has no rule in the draft: set a bound to see the samples on either side of it.")
        return
    about = among(workspace, rule)
    if isinstance(values, Labels):
        inside, outside = sides(rule, values, about)
    else:
        edges = [edge for edge in EDGES if getattr(rule, edge) is not None]
        key = f"filters.edge.{choice.signal}"
        picked = st.segmented_control(
            "Samples next to the bound", edges, default=edges[0], format_func=lambda edge: EDGES[edge], key=key
        )
        edge: Edge = picked if picked in edges else edges[0]
        inside, outside = border(np.where(about, values, np.nan), edge, getattr(rule, edge))
    # One look into the database for both sides: a slider is to be followed by it.
    samples = dict(zip([*inside, *outside], read_samples(workspace, [*inside, *outside]), strict=True))
    left, right = st.columns(2)
    with left:
        st.caption("Just inside: kept")
        first = pick_sample({number: samples[number] for number in inside}, f"filters.inside.{choice.signal}", values)
    with right:
        st.caption("Just outside: removed")
        second = pick_sample(
            {number: samples[number] for number in outside}, f"filters.outside.{choice.signal}", values
        )
    for number in (first, second):
        if number is not None:
            show_sample(workspace, number)
