"""Copies and near-duplicates: equal text, similar pairs, and what a threshold makes of them."""

from curation.duplicates.differences import (
    FEATURES,
    Differences,
    Feature,
    Table,
    differences,
    facts_of,
    table,
    text_of,
)
from curation.duplicates.exact import copies, folded, identical
from curation.duplicates.pairs import Pairs, all_pairs
from curation.duplicates.threshold import Chain, Explorer, Pair

__all__ = [
    "FEATURES", "Chain", "Differences", "Explorer", "Feature", "Pair", "Pairs", "Table", "all_pairs", "copies",
    "differences", "facts_of", "folded", "identical", "table", "text_of",
]  # fmt: skip
