"""How many characters a text has: a measure of length for scripts that put no space between words."""

from collections.abc import Sequence
from typing import ClassVar, Literal

from pydantic import Field

from curation.methods import Signal
from curation.sample import Sample


class Characters(Signal):
    """Characters in the answer.

    >>> Characters()([Sample("Name a colour.", output="红色")])
    [2.0]
    """

    name: ClassVar[str] = "characters"
    unit: ClassVar[str] = "characters"
    field: Literal["instruction", "input", "output"] = Field("output", description="Text to count")

    def __call__(self, samples: Sequence[Sample]) -> list[float]:
        """Count the Unicode code points of every sample."""
        return [float(len(getattr(sample, self.field))) for sample in samples]
