"""Questions in one language with answers in another."""

import math
import re
from collections.abc import Sequence
from typing import ClassVar, Final

from curation.methods import Signal
from curation.sample import Sample
from curation.signals.detection import languages
from curation.signals.texts import FENCE

_LETTERS: Final = 40
_CERTAIN: Final = 0.9
# A prompt that names a language or asks for a translation may well be answered in another one.
_OTHER_ASKED: Final = re.compile(
    r"translat|traduc|traduire|traduz|übersetz|vertaal|перевед|翻译|翻譯|译成|訳し|번역|ترجم|अनुवाद"
    r"|\b(?:english|french|spanish|german|italian|portuguese|dutch|russian|ukrainian|polish|latin|greek|hebrew|arabic"
    r"|turkish|persian|farsi|hindi|bengali|urdu|tamil|chinese|mandarin|cantonese|japanese|korean|vietnamese|thai"
    r"|indonesian|malay|tagalog|filipino|swahili|swedish|norwegian|danish|finnish|czech|hungarian|romanian|catalan"
    r"|bulgarian|croatian|serbian|welsh|irish|gaelic|esperanto|language|languages|anglais|français|deutsch|englisch"
    r"|inglés|español|language)\b|英文|英语|中文|汉语|法语|日语",
    re.IGNORECASE,
)
# py3langid takes these for one another on short texts; a pair inside a group is no mismatch.
_ALIKE: Final = tuple(frozenset(group.split()) for group in ("da nb nn no sv", "bs hr sl sr", "gl pt es", "id jv ms"))


class LanguageMismatch(Signal):
    """Answer is in another language than the prompt.

    1 or 0; NaN unless both have 40 letters and a certainty of 0.9, and where the prompt asks for a translation or
    names a language, or the answer is code.

    >>> LanguageMismatch()([Sample("Describe how bread is made in a bakery, step by step.",
    ...     output="Zuerst wird der Teig geknetet, dann ruht er eine Stunde und wird gebacken.")])
    [1.0]
    """

    name: ClassVar[str] = "language_mismatch"
    tier: ClassVar[int] = 2

    def __call__(self, samples: Sequence[Sample]) -> list[float]:
        """Compare the languages of every sample's prompt and answer."""
        places = [place for place, sample in enumerate(samples) if _is_comparable(sample)]
        asked = languages([samples[place].prompt for place in places], _LETTERS, _CERTAIN)
        answered = languages([samples[place].output for place in places], _LETTERS, _CERTAIN)
        found = [math.nan] * len(samples)
        for place, question, answer in zip(places, asked, answered, strict=True):
            if question and answer and "la" not in (question, answer):  # filler text is not a language
                found[place] = float(not _are_alike(question, answer))
        return found


def _is_comparable(sample: Sample) -> bool:
    long_enough = len(sample.output) * 3 >= _LETTERS and len(sample.prompt) * 3 >= _LETTERS
    return long_enough and not FENCE.search(sample.output) and not _OTHER_ASKED.search(sample.prompt)


def _are_alike(one: str, other: str) -> bool:
    return one == other or any(one in group and other in group for group in _ALIKE)
