"""What the samples ask for: verbs and their objects."""

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from curation.facets import Facets
from curation.stages.extracting import extractor
from curation.stages.measuring import VERB_OBJECT, stale
from curation.stages.variety import verb_objects_of
from curation.store import Workspace
from pages._parts.charts import sunburst
from pages._parts.diversity_charts import WEDGES, show_coverage, show_pairs, show_tree, show_verbs
from pages._parts.diversity_figures import treemap
from pages._parts.diversity_measured import show_unmeasured
from pages._parts.plain import plain

TREES = {"Sunburst": sunburst, "Treemap": treemap}
TABLE = "Table"


def show_asked(workspace: Workspace, facets: Facets, matching: NDArray[np.int32]) -> None:
    """Verbs with their objects, and the most frequent verbs."""
    show_unmeasured(workspace, VERB_OBJECT)
    found = verb_objects_of(workspace, matching)
    left, right = st.columns([3, 2], gap="large")
    with left:
        show_coverage(found, _found_by(workspace))
        drawing = st.segmented_control("Show as", [*TREES, TABLE], default="Sunburst", key="diversity.drawing")
        if drawing == TABLE:
            show_pairs(found, facets)
        else:
            show_tree(found, facets, TREES.get(drawing or "", sunburst))
    with right:
        show_verbs(found, facets)
        st.caption(WEDGES)


def _found_by(workspace: Workspace) -> str:
    """What found the verbs that are shown, in Markdown."""
    if set(VERB_OBJECT) & set(stale(workspace)):
        return "an earlier version or another extractor"
    pipeline = extractor(workspace)
    return f"the spaCy pipeline {plain(pipeline)}" if pipeline else "Sift's own rules for English"
