"""Answers that are made of the question."""

import math
from collections.abc import Sequence
from typing import ClassVar

from curation.methods import Signal
from curation.sample import Sample
from curation.signals.texts import windows

_LENGTH = 5


class CopiesPrompt(Signal):
    """Share of the answer that stands in the prompt.

    The share of the answer's runs of five words (case aside) that occur in instruction or input. NaN for answers of
    fewer than five words.

    >>> CopiesPrompt()([Sample("Say: one two three four five", output="One two three four five six")])
    [0.5]
    """

    name: ClassVar[str] = "copies_prompt"

    def __call__(self, samples: Sequence[Sample]) -> list[float]:
        """Compare every answer with its prompt."""
        return [_copied(sample) for sample in samples]


def _copied(sample: Sample) -> float:
    runs = windows(sample.output.casefold().split(), _LENGTH)
    if not runs:
        return math.nan
    asked = {run for text in (sample.instruction, sample.input) for run in windows(text.casefold().split(), _LENGTH)}
    return sum(run in asked for run in runs) / len(runs)
