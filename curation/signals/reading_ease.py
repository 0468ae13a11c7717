"""How hard an English answer is to read."""

import math
import re
from collections.abc import Sequence
from functools import lru_cache
from typing import ClassVar, Final

from curation.methods import Signal
from curation.sample import Sample
from curation.signals.detection import languages
from curation.signals.texts import FENCE

_WORD: Final = re.compile(r"[a-z]+(?:'[a-z]+)?")
_SENTENCE: Final = re.compile(r"[.!?]+(?=\s|$)|\n\s*\n")
_VOWELS: Final = re.compile(r"[aeiouy]+")
_FEWEST: Final = 10
_LEAST, _MOST = -100.0, 121.22


class ReadingEase(Signal):
    """Reading ease of an English answer.

    Flesch (1948): 206.835 - 1.015 · words per sentence - 84.6 · syllables per word, kept between -100 and 121.22 (one
    syllable, one word). 60 to 70 is plain English, below 30 very hard. Syllables are counted by vowel groups, as is
    usual, which is off by one for about a word in ten. NaN for other languages, fewer than ten words, and code. Known
    false readings: lists and verse without full stops count as one long sentence.

    >>> round(ReadingEase()([Sample("Go.", output="The cat sat on the mat. It saw a big red hat and ran to it.")])[0])
    114
    """

    name: ClassVar[str] = "reading_ease"
    tier: ClassVar[int] = 2

    def __call__(self, samples: Sequence[Sample]) -> list[float]:
        """Measure every answer."""
        codes = languages([sample.output for sample in samples], 12, 0.5)
        return [_ease(sample.output) if code == "en" else math.nan for sample, code in zip(samples, codes, strict=True)]


def _ease(answer: str) -> float:
    text = answer.casefold().replace("’", "'").strip()
    words = _WORD.findall(text)
    if len(words) < _FEWEST or FENCE.search(text):
        return math.nan
    sentences = max(1, len(_SENTENCE.findall(text)) + (text[-1] not in ".!?"))
    score = 206.835 - 1.015 * len(words) / sentences - 84.6 * sum(map(_syllables, words)) / len(words)
    return min(_MOST, max(_LEAST, score))


@lru_cache(maxsize=2**16)
def _syllables(word: str) -> int:
    """Vowel groups, without an "e" that is not spoken.

    >>> [_syllables(word) for word in ("table", "made", "hated", "asked", "the", "reading")]
    [2, 1, 2, 1, 1, 2]
    """
    word = word[:40]
    groups = len(_VOWELS.findall(word))
    silent = re.search(r"[^aeiouyl]e$|[^aeiouy]l?es$|[^aeioutdy]ed$", word) and not re.search(
        r"(?:[scxz]|[sc]h|g)es$", word
    )
    return max(1, groups - bool(silent))
