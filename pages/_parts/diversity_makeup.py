"""How long the samples are, what kinds there are and where they come from."""

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from curation.facets import Facets
from curation.store import Workspace
from curation.store.browse import count_by, count_labels
from pages._parts.diversity_charts import show_labels, show_lengths, show_origins
from pages._parts.diversity_measured import show_unmeasured

MOST = 12
SIGNALS = ("instruction_words", "words", "task_type", "language")


def show_makeup(workspace: Workspace, facets: Facets, matching: NDArray[np.int32]) -> None:
    """Lengths, task types, languages and origins."""
    show_unmeasured(workspace, SIGNALS)
    left, right = st.columns(2, gap="large")
    with left:
        show_lengths(workspace, "instruction_words", matching, facets, "instruction")
        show_labels("task_type", count_labels(workspace, "task_type", facets, MOST), facets, "Task types")
        show_origins(count_by(workspace, "origins", facets)[:MOST], facets)
    with right:
        show_lengths(workspace, "words", matching, facets, "answer")
        show_labels("language", count_labels(workspace, "language", facets, MOST), facets, "Languages")
