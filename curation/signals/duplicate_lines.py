"""Answers that say a line twice."""

import math
from collections.abc import Sequence
from typing import ClassVar

from curation.methods import Signal
from curation.sample import Sample


class DuplicateLines(Signal):
    r"""Share of the answer's lines that stand further up already.

    Lines with white space around them stripped, empty ones left out; Gopher (Rae et al. 2021, table A1) drops web pages
    above 0.30. NaN for fewer than two lines. Known false hits: refrains, brackets alone on a line of code, tables.

    >>> DuplicateLines()([Sample("Sing.", output="la la\nlo lo\nla la\nli li")])
    [0.25]
    """

    name: ClassVar[str] = "duplicate_lines"

    def __call__(self, samples: Sequence[Sample]) -> list[float]:
        """Measure every answer."""
        return [_share(sample.output) for sample in samples]


def _share(answer: str) -> float:
    if "\n" not in answer:
        return math.nan
    lines = [line for line in map(str.strip, answer.split("\n")) if line]
    return 1 - len(set(lines)) / len(lines) if len(lines) > 1 else math.nan
