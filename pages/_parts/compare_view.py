"""Two states of the data side by side: rows in and out, shifts, numbers."""

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from curation.facets import Facets
from curation.stages.comparing_numbers import KIND
from curation.stages.snapshots import Sides, Snapshot, samples_of, snapshots
from curation.store import Workspace
from pages._parts.compare_numbers import show_sides_numbers
from pages._parts.compare_shifts import show_shifts
from pages._parts.filters_samples import show_list
from pages._parts.plain import visible
from pages._parts.progress import show_progress

ROWS, SHIFTS, NUMBERS = "Rows in and out", "Shifts", "Numbers"


def show_compare(workspace: Workspace, facets: Facets, _matching: NDArray[np.int32]) -> None:
    """Choose two states, see how many samples are in both, and look closer."""
    show_progress(workspace, KIND)
    known = snapshots(workspace)
    left, right = st.columns(2)
    first = _choose(left, "A", known, 1)
    second = _choose(right, "B", known, 0)
    sides = Sides(samples_of(workspace, first), samples_of(workspace, second))
    _numbers(sides)
    empty = [one.words for one, own in ((first, sides.first), (second, sides.second)) if not len(own)]
    if empty:
        st.info(f"There are no samples in {' and '.join(visible(words) for words in empty)}. {_why(first, second)}")
        return
    if not len(sides.only_first) and not len(sides.only_second):
        st.info("A and B hold the very same samples, so nothing shifts. Choose another one.")
        return
    if any(one.kind == "recipe" for one in (first, second)):
        st.caption("A recipe stands for its rules and what people decided; near-duplicates are left aside.")
    way = st.segmented_control(
        "Look at", [ROWS, SHIFTS, NUMBERS], default=SHIFTS, required=True, key="diversity.compare.way",
        label_visibility="collapsed",
    )  # fmt: skip
    if way == ROWS:
        _rows(workspace, sides)
    elif way == NUMBERS:
        show_sides_numbers(workspace, sides)
    else:
        show_shifts(workspace, sides, facets)


def _choose(place: "st.delta_generator.DeltaGenerator", side: str, known: list[Snapshot], first: int) -> Snapshot:
    return place.selectbox(
        side, known, first, format_func=lambda one: visible(one.words), key=f"diversity.compare.{side}"
    )


def _numbers(sides: Sides) -> None:
    places = st.columns(4)
    counts = {"In A": sides.first, "In B": sides.second, "Only in A (out)": sides.only_first,
              "Only in B (in)": sides.only_second}  # fmt: skip
    for place, (title, numbers) in zip(places, counts.items(), strict=True):
        place.metric(title, f"{len(numbers):,}", border=True)


def _why(first: Snapshot, second: Snapshot) -> str:
    if "export" in (first.kind, second.kind):
        return "Exports that were made before Sift noted which samples went into them cannot be compared."
    return "Choose another one."


def _rows(workspace: Workspace, sides: Sides) -> None:
    numbers = {"Only in A": sides.only_first, "Only in B": sides.only_second, "In both": sides.both}
    picked = st.segmented_control("Read", list(numbers), default="Only in A", required=True,
                                  key="diversity.compare.read") or "Only in A"  # fmt: skip
    show_list(workspace, numbers[picked].astype(np.intp), f"diversity.compare.list.{picked}.{sides.stamp}", picked)
