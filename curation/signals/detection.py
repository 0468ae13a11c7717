"""Which language a text is in, by py3langid, loaded once."""

import math
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

_CHARACTERS: Final = 160  # time grows with length and certainty hardly does after this
_FIRST_WIDE: Final = "\u2e80"  # from here on one letter says about as much as three of an alphabet


def languages(texts: Sequence[str], letters: int, confidence: float) -> list[str]:
    """The language code (ISO 639-1) of each text.

    Args:
        texts: any texts; their first 160 characters decide.
        letters: fewest letters that a text needs; a Chinese, Japanese or Korean one counts as three.
        confidence: lowest probability, 0 to 1, that py3langid gives.

    Returns:
        One code a text, "" where it is too short or too uncertain.
    """
    return [_language(text[:_CHARACTERS], letters, confidence) for text in texts]


def certainties(texts: Sequence[str], letters: int) -> list[float]:
    """The probability, 0 to 1, that py3langid gives each text's language; NaN for texts of fewer letters."""
    return [_certainty(text[:_CHARACTERS], letters) for text in texts]


def _certainty(text: str, letters: int) -> float:
    return _classify(text)[1] if len(text) * 3 >= letters and _letters(text) >= letters else math.nan


def _language(text: str, letters: int, confidence: float) -> str:
    if len(text) * 3 < letters or _letters(text) < letters:
        return ""
    code, certainty = _classify(text)
    return code if certainty >= confidence else ""


def _letters(text: str) -> int:
    return sum(3 if letter >= _FIRST_WIDE else 1 for letter in text if letter.isalpha())


@lru_cache(maxsize=2**17)
def _classify(text: str) -> tuple[str, float]:
    """Kept for the next signal that asks about the same text; at most some 60 MB."""
    code, certainty = _identifier().classify(text)
    return str(code), float(certainty)


@lru_cache(maxsize=1)
def _identifier() -> "LanguageIdentifier":
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
