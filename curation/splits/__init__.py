"""Samples → train, validation, test: near-duplicates and relatives stay together, every stratum is in every split."""

from curation.splits.grouping import union_groups
from curation.splits.leakage import leaks
from curation.splits.splitting import SHARES, split

__all__ = ["SHARES", "leaks", "split", "union_groups"]
