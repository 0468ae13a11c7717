"""Samples as a table of which a click shows one whole."""

from collections.abc import Mapping

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from curation.recipe import Column
from curation.sample import Sample
from curation.store import Workspace
from curation.store.samples import read_samples
from pages._parts.card import show_facts, show_text
from pages._parts.cells import visible_rows
from pages._parts.plain import plain
from pages._parts.practice_mark import mark_practice
from pages._parts.titles import count_of

MOST = 100
"""Samples of a list that are shown."""


def show_sample(workspace: Workspace, number: int) -> None:
    """One sample whole, with what is measured on it."""
    with st.container(border=True):
        st.caption(f"Sample {number}")
        mark_practice(workspace, number)
        show_text(read_samples(workspace, [number])[0])
        show_facts(workspace, number)


def pick_sample(samples: Mapping[int, Sample], key: str, values: Column | None = None) -> int | None:
    """A table of samples, with their values of a signal where there are some; gives the number of the chosen row."""
    rows: list[dict[str, object]] = []
    for number, sample in samples.items():
        value = {} if values is None else {"value": values[number]}
        rows.append({"no.": number} | value | {"instruction": sample.instruction, "answer": sample.output})
    event = st.dataframe(
        visible_rows(rows),
        key=key,
        hide_index=True,
        width="stretch",
        height=300,
        on_select="rerun",
        selection_mode="single-row",
    )
    picked = event["selection"]["rows"]
    return list(samples)[picked[0]] if picked and picked[0] < len(samples) else None


def show_list(workspace: Workspace, numbers: NDArray[np.intp], key: str, about: str) -> None:
    """The first ones of these samples, of which a click shows one whole."""
    first = numbers[:MOST].tolist()
    if not first:
        st.caption(f"No sample: {plain(about)}.")
        return
    cut = f", the first {MOST} of them" if len(numbers) > MOST else ""
    st.caption(f"{count_of(len(numbers), 'sample', 'samples')}: {plain(about)}{cut}. Click a row to read one.")
    picked = pick_sample(dict(zip(first, read_samples(workspace, first), strict=True)), key)
    if picked is not None:
        show_sample(workspace, picked)
