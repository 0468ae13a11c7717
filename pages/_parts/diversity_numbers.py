"""How varied the samples are, in numbers with what each means."""

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from curation.facets import Facets
from curation.stages.variety import Variety, verb_objects_of
from curation.store import Workspace
from curation.store.browse import numbers_of
from pages._parts.cells import visible_rows

MEANING = {
    "Samples": "How many measured samples the numbers below are about.",
    "With a verb": "Share of instructions in which the verb that says what to do was found.",
    "With verb and object": "Share in which that verb has an object; the other rows are about these.",
    "Distinct pairs": "How many different verb–object pairs occur, however rarely.",
    "Entropy, bits": "How hard it is to guess the pair of a sample; more is more varied.",
    "Effective number of pairs": "How many equally frequent pairs would be as varied (2 to the entropy).",
}


IN = ("accepted", "kept")


def show_numbers(workspace: Workspace, _facets: Facets, matching: NDArray[np.int32]) -> None:
    """The same numbers for what is shown, for all that was collected and for what is in."""
    shown = (matching, numbers_of(workspace, Facets()), numbers_of(workspace, Facets(states=IN)))
    columns = [_column(verb_objects_of(workspace, numbers).variety()) for numbers in shown]
    rows = [
        {"number": name, "shown": one, "all collected": before, "in": after, "what it means": MEANING[name]}
        for name, one, before, after in zip(MEANING, *columns, strict=True)
    ]
    st.dataframe(visible_rows(rows), hide_index=True, width="stretch", key="diversity.numbers")


def _column(variety: Variety) -> list[str]:
    if not variety.samples:
        return ["0", *("–" for _ in list(MEANING)[1:])]
    return [
        f"{variety.samples:,}",
        f"{variety.with_verb:.1%}",
        f"{variety.with_object:.1%}",
        f"{variety.pairs:,}",
        f"{variety.entropy:.2f}",
        f"{variety.effective:,.0f}" if variety.effective >= 100 else f"{variety.effective:,.1f}",
    ]
