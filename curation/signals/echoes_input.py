"""Answers that are the input again."""

import math
from collections.abc import Sequence
from typing import ClassVar

from curation.methods import Signal
from curation.sample import Sample


class EchoesInput(Signal):
    """Answer is its input or instruction again.

    One of Self-Instruct's instance filters (input = output). White space does not count. NaN for no answer.

    >>> EchoesInput()([Sample("Fix the text.", input="its here", output="its here ")])
    [1.0]
    """

    name: ClassVar[str] = "echoes_input"

    def __call__(self, samples: Sequence[Sample]) -> list[float]:
        """Compare every answer with what was asked."""
        return [_echoes(sample) for sample in samples]


def _echoes(sample: Sample) -> float:
    answer = sample.output.split()
    if not answer:
        return math.nan
    return float(answer in (sample.input.split(), sample.instruction.split()))
