"""Inputs that say that there is no input."""

import math
import re
from collections.abc import Sequence
from typing import ClassVar, Final

from curation.methods import Signal
from curation.sample import Sample

_MARKER: Final = re.compile(
    r"\W*(?:no[ _]?(?:in|out)put(?:[ _](?:needed|required|provided|given|necessary))?|n/?a|none|null|nil|nan|undefined"
    r"|not (?:applicable|needed|required|provided)|(?:empty|blank)(?: input)?|placeholder)\W*|[.\-–—_…\s]+",
    re.IGNORECASE,
)
_LONGEST: Final = 60


class NoInputMarker(Signal):
    """Input is a word for no input.

    1 for "<noinput>", "N/A", "none", "Not applicable" and the like, dots and dashes, which a trainer would show the
    model as if they were text; 0 for any other input, NaN for no input. Known false hits: inputs that are "None" or
    "null" because the question is about that word.

    >>> NoInputMarker()([Sample("Name a pet.", "<noinput>"), Sample("Name it.", "a pet")])
    [1.0, 0.0]
    """

    name: ClassVar[str] = "no_input_marker"

    def __call__(self, samples: Sequence[Sample]) -> list[float]:
        """Look at every input."""
        return [_is_marker(sample.input) for sample in samples]


def _is_marker(text: str) -> float:
    if not text:
        return math.nan
    return float(len(text) <= _LONGEST and _MARKER.fullmatch(text) is not None)
