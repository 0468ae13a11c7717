"""How many words a text has."""

from collections.abc import Sequence
from typing import ClassVar, Literal

from pydantic import Field

from curation.methods import Signal
from curation.sample import Sample


class Words(Signal):
    """Words in the answer.

    Words are what white space divides, as in Self-Instruct's length filter.

    >>> Words()([Sample("Name a colour.", output="Deep red")])
    [2.0]
    """

    name: ClassVar[str] = "words"
    unit: ClassVar[str] = "words"
    field: Literal["instruction", "input", "output"] = Field("output", description="Text to count")

    def __call__(self, samples: Sequence[Sample]) -> list[float]:
        """Count the words of every sample."""
        return [float(len(getattr(sample, self.field).split())) for sample in samples]
