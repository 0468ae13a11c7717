"""Text that was broken on its way here."""

import re
from collections.abc import Sequence
from typing import ClassVar, Final

from curation.methods import Signal
from curation.sample import Sample
from curation.signals.texts import whole_text

# The second byte of a two-byte UTF-8 character, when it was read as Windows-1252 or Latin-1.
_TAIL: Final = "[\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]"
_DAMAGE: Final = re.compile(
    "|".join(
        (
            f"[ÃÂ]{_TAIL}",
            "â€.|â[\u0080-\u0084]",
            f"ðŸ{_TAIL}|ï»¿|ï¿½",
            f"(?:[ÐÑØÙ]{_TAIL}){{2,}}",  # Cyrillic or Arabic; one alone may be Icelandic or Danish
            "\ufffd",
            "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u0080-\u0084\u0086-\u009f]",
            "[\u202a-\u202e\u2066-\u2069]",  # bidi overrides and isolates, not the marks of Hebrew and Arabic text
            "[\u200b\u2060\ufeff\u00ad]",
            "(?<=[A-Za-z])[\u200c\u200d](?=[A-Za-z])",  # joiners belong in emoji, Persian and Indic text only
            "[\ud800-\udfff]",
        )
    )
)


class DamagedText(Signal):
    """Broken characters anywhere in the sample.

    Counts sequences of text decoded with the wrong table ("Ã©"), replacement, control, bidi-override and zero-width
    characters and lone surrogates.

    >>> DamagedText()([Sample("Name a drink.", output="CafÃ© au lait")])
    [1.0]
    """

    name: ClassVar[str] = "damaged_text"
    unit: ClassVar[str] = "places"

    def __call__(self, samples: Sequence[Sample]) -> list[float]:
        """Count in every sample."""
        return [_count(whole_text(sample)) for sample in samples]


def _count(text: str) -> float:
    """Plain printable ASCII, the common case, needs no search."""
    if text.isascii() and text.replace("\n", "").replace("\t", "").replace("\r", "").isprintable():
        return 0.0
    return float(sum(1 for _ in _DAMAGE.finditer(text)))
