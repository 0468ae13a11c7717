"""Samples with labels → how many of each label go out, which ones, how often and in which order."""

from curation.mixture.drawing import draw
from curation.mixture.labelling import one_label_each
from curation.mixture.ordering import arrange
from curation.mixture.quotas import Quota, quotas
from curation.mixture.tightest import Tightest, tightest

__all__ = ["Quota", "Tightest", "arrange", "draw", "one_label_each", "quotas", "tightest"]
