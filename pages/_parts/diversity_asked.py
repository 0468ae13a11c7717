"""What the samples ask for: verbs and their objects."""

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from curation.facets import Facets
from curation.stages.variety import verb_objects_of
from curation.store import Workspace
from pages._parts.diversity_charts import show_sunburst, show_verbs


def show_asked(workspace: Workspace, facets: Facets, matching: NDArray[np.int32]) -> None:
    """Verbs with their objects, and the most frequent verbs."""
    found = verb_objects_of(workspace, matching)
    st.caption("Click a wedge or a bar to narrow everything down to it; the sidebar shows what is chosen.")
    left, right = st.columns([3, 2], gap="large")
    with left:
        st.subheader("Verbs and their objects")
        show_sunburst(found, facets)
    with right:
        st.subheader("Most frequent verbs")
        show_verbs(found, facets)
