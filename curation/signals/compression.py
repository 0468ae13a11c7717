"""How much shorter an answer gets when it is packed."""

import math
import zlib
from collections.abc import Sequence
from typing import ClassVar

from curation.methods import Signal
from curation.sample import Sample


class Compression(Signal):
    """Size of the answer over its compressed size.

    Bytes of UTF-8 over bytes of zlib (level 6); prose is near 1.5 to 2.5, loops are far above, below 1 is very short.
    The compression ratio of Shaib et al. (2024), "Standardizing the Measurement of Text Diversity", for one answer.
    NaN for no answer.

    >>> Compression()([Sample("Laugh.", output="ha " * 100)])[0] > 15
    True
    """

    name: ClassVar[str] = "compression"

    def __call__(self, samples: Sequence[Sample]) -> list[float]:
        """Pack every answer."""
        return [_ratio(sample.output.encode("utf-8", "surrogatepass")) for sample in samples]


def _ratio(answer: bytes) -> float:
    return len(answer) / len(zlib.compress(answer, 6)) if answer else math.nan
