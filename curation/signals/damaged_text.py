"""Text that was broken on its way here."""

import re
from collections.abc import Iterator, Sequence
from typing import ClassVar, Final, Literal

from curation.methods import Signal
from curation.sample import Sample
from curation.signals.texts import is_plain, whole_text

# The second byte of a two-byte UTF-8 character, when it was read as Windows-1252 or Latin-1.
_TAIL: Final = "[\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]"
_KINDS: Final = {
    # Two letters of Cyrillic or Arabic; one alone may be Icelandic or Danish.
    "wrong table": f"[ÃÂ]{_TAIL}|â€.|â[\u0080-\u0084]|ðŸ{_TAIL}|ï»¿|ï¿½|(?:[ÐÑØÙ]{_TAIL}){{2,}}",
    "replaced": "\ufffd",
    "control": "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u0080-\u0084\u0086-\u009f]",
    "direction": "[\u202a-\u202e\u2066-\u2069]",  # overrides and isolates, not the marks of Hebrew and Arabic text
    # Joiners belong in emoji, Persian and Indic text only.
    "invisible": "[\u200b\u2060\ufeff\u00ad]|(?<=[A-Za-z])[\u200c\u200d](?=[A-Za-z])",
    "half character": "[\ud800-\udfff]",
}
_NAMES: Final = tuple(_KINDS)
_DAMAGE: Final = re.compile("|".join(f"({pattern})" for pattern in _KINDS.values()))


class DamagedText(Signal):
    """Broken characters anywhere in the sample.

    Counts sequences of text decoded with the wrong table ("Ã©"), replacement, control, bidi-override and zero-width
    characters and lone surrogates. Known false hits: soft hyphens and zero-width spaces that someone meant.

    >>> DamagedText()([Sample("Name a drink.", output="CafÃ© au lait")])
    [1.0]
    """

    name: ClassVar[str] = "damaged_text"
    unit: ClassVar[str] = "places"

    def __call__(self, samples: Sequence[Sample]) -> list[float]:
        """Count in every sample."""
        return [float(sum(1 for _ in _damage(whole_text(sample)))) for sample in samples]


class DamageKinds(Signal):
    r"""How the text is broken.

    "wrong table" (bytes of UTF-8 read as Latin-1 or Windows-1252), "replaced" (the sign for what could not be read),
    "control", "direction" (bidi overrides, which can hide text), "invisible" (zero-width, soft hyphen), "half
    character" (a lone surrogate); several with commas between them, "" for none.

    >>> DamageKinds()([Sample("Name a drink.", output="CafÃ©\x00 au lait"), Sample("Café")])
    ['wrong table, control', '']
    """

    name: ClassVar[str] = "damage_kinds"
    kind: ClassVar[Literal["number", "label"]] = "label"

    def __call__(self, samples: Sequence[Sample]) -> list[str]:
        """Name the kinds in every sample."""
        return [_named(set(_damage(whole_text(sample)))) for sample in samples]


def _damage(text: str) -> Iterator[str]:
    """The kind of every damaged place; plain ASCII, the common case, needs no search."""
    if not is_plain(text):
        for match in _DAMAGE.finditer(text):
            yield _NAMES[(match.lastindex or 1) - 1]


def _named(kinds: set[str]) -> str:
    return ", ".join(kind for kind in _NAMES if kind in kinds)
