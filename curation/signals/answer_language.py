"""Which language is answered in."""

from collections.abc import Sequence
from typing import ClassVar, Literal

from pydantic import Field

from curation.methods import Signal
from curation.sample import Sample
from curation.signals.detection import languages


class AnswerLanguage(Signal):
    """Language of the answer.

    ISO 639-1 code; "" for fewer than 12 letters and where py3langid is unsure.

    >>> AnswerLanguage()([Sample("Say it in French.", output="Le chat dort dans le jardin derrière la maison.")])
    ['fr']
    """

    name: ClassVar[str] = "answer_language"
    kind: ClassVar[Literal["number", "label"]] = "label"
    tier: ClassVar[int] = 2
    confidence: float = Field(0.5, ge=0, le=1, description="Lowest certainty that counts, 0 to 1")

    def __call__(self, samples: Sequence[Sample]) -> list[str]:
        """Name the language of every answer."""
        return languages([sample.output for sample in samples], 12, self.confidence)
