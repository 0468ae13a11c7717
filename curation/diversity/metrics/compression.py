"""Compression ratio: how much shorter the texts become when repeats are written once."""

import gzip
import math
from collections.abc import Sequence
from typing import ClassVar

from pydantic import Field

from curation.diversity.metrics.metric import TextMetric


class Compression(TextMetric):
    """Compression ratio.

    Bytes over gzip's bytes (Shaib et al. 2024, arXiv 2403.00553). Longer texts compress better, so the joined texts are
    cut to the same number of bytes whatever the collection (as arXiv 2507.15092 asks for).

    >>> Compression(per_text=4)(["abcdefghijklmnop"] * 50) > 4
    True
    """

    name: ClassVar[str] = "compression"
    is_more: ClassVar[bool] = False
    meaning: ClassVar[str] = (
        "How many times shorter the texts become when gzip writes repeats once, at 40 bytes for each sample looked at; "
        "more is more repetitive."
    )
    per_text: int = Field(40, ge=1, description="Bytes looked at, for each text")

    def __call__(self, texts: Sequence[str]) -> float:
        """1 and more; NaN where the texts are shorter than the bytes to look at."""
        size = self.per_text * len(texts)
        joined = "\n".join(texts).encode("utf-8", "surrogatepass")[:size]
        return size / len(gzip.compress(joined, 9, mtime=0)) if len(joined) == size > 0 else math.nan
