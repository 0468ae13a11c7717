"""What one sample shares with benchmark files: the evidence of the last look for them."""

import streamlit as st

from curation.store import Workspace
from curation.store.benchmarks import Measure, hits_of
from pages._parts.cells import less_empty, visible_rows

SHARED: dict[Measure, str] = {"words": "{:g} words in a row", "cosine": "cosine {:.3f}"}


def show_hits(workspace: Workspace, number: int) -> None:
    """The benchmark items that are nearest to it, by words and by meaning; nothing where none was looked for."""
    rows: list[dict[str, object]] = [
        {"shares": SHARED[hit.measure].format(hit.value), "benchmark": hit.benchmark, "place": hit.place,
         "words": hit.shared, "item": hit.text}
        for hit in hits_of(workspace, number)
    ]  # fmt: skip
    if rows:
        st.caption("Nearest in benchmarks")
        st.dataframe(visible_rows(less_empty(rows)), hide_index=True, width="stretch", key=f"card.benchmarks.{number}")
