"""Answers that say nothing."""

import math
import re
from collections.abc import Sequence
from typing import ClassVar

from curation.methods import Signal
from curation.sample import Sample

# What generation prompts ask models to write for "nothing", Alpaca's <noinput> among them. "None" may be an answer.
_PLACEHOLDER = re.compile(
    r"\W*no[ _]?(?:in|out)put\W*|\W*no[ _]?output\b[^\n]{0,150}|\W*n/a \([^\n]{0,150}"
    r"|[\[<(](?:empty|blank|none)[\])>]|[.\-_…\s]*",
    re.IGNORECASE,
)


class EmptyAnswer(Signal):
    """Answer is empty or a placeholder.

    1 for white space, dots and dashes alone, placeholders such as <nooutput> and one line that begins with "No output"
    or "N/A (" and says why, else 0. NaN for a bad answer alone, whose sample has no other answer on purpose. Known
    false hits: "No output is printed" where that is the answer.

    >>> EmptyAnswer()([Sample("Name a colour.", output=" "), Sample("Name a colour.", output="<noinput>")])
    [1.0, 1.0]
    """

    name: ClassVar[str] = "empty_answer"
    version: ClassVar[int] = 3

    def __call__(self, samples: Sequence[Sample]) -> list[float]:
        """Look at every answer."""
        return [_value(sample) for sample in samples]


def _value(sample: Sample) -> float:
    if sample.rejected and not sample.output:
        return math.nan
    return float(_PLACEHOLDER.fullmatch(sample.output) is not None)
