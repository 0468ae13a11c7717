"""How different the lengths of texts are."""

import math
from collections.abc import Sequence
from typing import ClassVar

import numpy as np

from curation.diversity.metrics.metric import TextMetric


class LengthSpread(TextMetric):
    """Spread of lengths.

    The standard deviation of the base-2 logarithm of the number of words, so that twice and half count alike.

    >>> LengthSpread()(["one", "one two three four"])
    1.0
    """

    name: ClassVar[str] = "length_spread"
    unit: ClassVar[str] = "doublings"
    meaning: ClassVar[str] = (
        "How much lengths differ: at 1, texts are typically twice or half as long as the middle; at 0 all are equal."
    )

    def __call__(self, texts: Sequence[str]) -> float:
        """0 and more; NaN where no text has a word."""
        words = [count for count in (len(text.split()) for text in texts) if count]
        return float(np.std(np.log2(words))) if words else math.nan
