"""Copies and near-duplicates: equal text, similar pairs, and what a threshold makes of them."""

from curation.duplicates.bands import Band, band_of, bands, wilson
from curation.duplicates.calibration import LABELS, Point, Proposal, leaning, propose
from curation.duplicates.cells import near_pairs
from curation.duplicates.differences import (
    FEATURES,
    FIELDS,
    Differences,
    Feature,
    Table,
    differences,
    facts_of,
    table,
    text_of,
)
from curation.duplicates.exact import folded, identical
from curation.duplicates.facts import VERSION
from curation.duplicates.lexical import Nearest, nearest_earlier, novel, rouge_pairs
from curation.duplicates.pairs import Pairs, all_pairs
from curation.duplicates.score import NAMES, OURS, Scorer, columns_of, fit_scorer
from curation.duplicates.scored import Scored
from curation.duplicates.threshold import Chain, Explorer, Pair
from curation.duplicates.word_rows import WordRows, word_rows

__all__ = [
    "FEATURES",
    "FIELDS",
    "LABELS",
    "NAMES",
    "OURS",
    "VERSION",
    "Band",
    "Chain",
    "Differences",
    "Explorer",
    "Feature",
    "Nearest",
    "Pair",
    "Pairs",
    "Point",
    "Proposal",
    "Scored",
    "Scorer",
    "Table",
    "WordRows",
    "all_pairs",
    "band_of",
    "bands",
    "columns_of",
    "differences",
    "facts_of",
    "fit_scorer",
    "folded",
    "identical",
    "leaning",
    "near_pairs",
    "nearest_earlier",
    "novel",
    "propose",
    "rouge_pairs",
    "table",
    "text_of",
    "wilson",
    "word_rows",
]
