"""Which language is asked in."""

from collections.abc import Sequence
from typing import ClassVar, Literal

from pydantic import Field

from curation.methods import Signal
from curation.sample import Sample
from curation.signals.detection import languages


class Language(Signal):
    """Language of the prompt.

    ISO 639-1 code for instruction and input together; "" for fewer than 12 letters and where py3langid is unsure.

    >>> Language()([Sample("Nenne drei Farben und erkläre, woher sie kommen."), Sample("Hi")])
    ['de', '']
    """

    name: ClassVar[str] = "language"
    kind: ClassVar[Literal["number", "label"]] = "label"
    tier: ClassVar[int] = 2
    confidence: float = Field(0.5, ge=0, le=1, description="Lowest certainty that counts, 0 to 1")

    def __call__(self, samples: Sequence[Sample]) -> list[str]:
        """Name the language of every prompt."""
        return languages([sample.prompt for sample in samples], 12, self.confidence)
