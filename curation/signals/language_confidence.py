"""How sure the language is."""

from collections.abc import Sequence
from typing import ClassVar

from curation.methods import Signal
from curation.sample import Sample
from curation.signals.detection import certainties

_LETTERS = 12


class LanguageConfidence(Signal):
    """Certainty of the prompt's language.

    The probability, 0 to 1, that py3langid gives the language of instruction and input; NaN for fewer than 12 letters.
    Low for mixed languages, names, code and numbers: not a sign of bad text by itself.

    >>> LanguageConfidence()([Sample("Nenne drei Farben und erkläre, woher sie kommen.")])[0] > 0.99
    True
    """

    name: ClassVar[str] = "language_confidence"
    tier: ClassVar[int] = 2

    def __call__(self, samples: Sequence[Sample]) -> list[float]:
        """Look at every prompt."""
        return certainties([sample.prompt for sample in samples], _LETTERS)


class AnswerLanguageConfidence(Signal):
    """Certainty of the answer's language.

    The probability, 0 to 1, that py3langid gives the language of the answer; NaN for fewer than 12 letters. Low for
    mixed languages, names, code and numbers: not a sign of bad text by itself.

    >>> AnswerLanguageConfidence()([Sample("Go.", output="Le chat dort dans le jardin derrière la maison.")])[0] > 0.99
    True
    """

    name: ClassVar[str] = "answer_language_confidence"
    tier: ClassVar[int] = 2

    def __call__(self, samples: Sequence[Sample]) -> list[float]:
        """Look at every answer."""
        return certainties([sample.output for sample in samples], _LETTERS)
