"""How long the answer is for what was asked."""

import math
from collections.abc import Sequence
from typing import ClassVar

from curation.methods import Signal
from curation.sample import Sample


class OutputRatio(Signal):
    """Answer words per instruction word.

    NaN where the instruction has no word.

    >>> OutputRatio()([Sample("Name two colours, please.", output="Red, blue.")])
    [0.5]
    """

    name: ClassVar[str] = "output_ratio"

    def __call__(self, samples: Sequence[Sample]) -> list[float]:
        """Divide the words of every answer by those of its instruction."""
        return [_ratio(len(sample.output.split()), len(sample.instruction.split())) for sample in samples]


def _ratio(answer: int, instruction: int) -> float:
    return answer / instruction if instruction else math.nan
