"""Copies and near-duplicates: equal text, similar pairs, and what a threshold makes of them."""

from curation.duplicates.exact import copies, folded, identical
from curation.duplicates.pairs import Pairs, all_pairs
from curation.duplicates.threshold import Chain, Explorer, Pair

__all__ = ["Chain", "Explorer", "Pair", "Pairs", "all_pairs", "copies", "folded", "identical"]
