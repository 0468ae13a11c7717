"""Ways to look at the diversity of what is chosen; only the one that is looked at is computed.

To add a view: write a function of the workspace, the facets and the numbers of the samples that match, then name it
here, in the order to show.
"""

from collections.abc import Callable

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from curation.facets import Facets
from curation.store import Workspace
from pages._parts.compare_view import show_compare
from pages._parts.coverage_view import show_coverage
from pages._parts.diversity_asked import show_asked
from pages._parts.diversity_makeup import show_makeup
from pages._parts.diversity_numbers import show_numbers
from pages._parts.watch_generations import show_generations

View = Callable[[Workspace, Facets, NDArray[np.int32]], None]

VIEWS: dict[str, View] = {
    "What they ask for": show_asked,
    "Lengths and kinds": show_makeup,
    "Numbers": show_numbers,
    "Coverage": show_coverage,
    "Generations": show_generations,
    "Compare": show_compare,
}


def show_view(workspace: Workspace, facets: Facets, matching: NDArray[np.int32]) -> None:
    """The view that the reader has chosen."""
    first = next(iter(VIEWS))
    chosen = st.segmented_control("Look at", list(VIEWS), default=first, key="diversity.view")
    VIEWS[chosen or first](workspace, facets, matching)
