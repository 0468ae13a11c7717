"""Samples → splits: near-duplicates and relatives stay together, every stratum is in every split."""

from curation.splits.grouping import union_groups
from curation.splits.leakage import torn
from curation.splits.shortfall import Shortfall, shortfalls
from curation.splits.sizes import Sizes, wanted_sizes
from curation.splits.splitting import split

__all__ = ["Shortfall", "Sizes", "shortfalls", "split", "torn", "union_groups", "wanted_sizes"]
