"""Swear words and slurs."""

import re
from collections.abc import Sequence
from typing import ClassVar, Final

from curation.methods import Signal
from curation.sample import Sample
from curation.signals.texts import whole_text

_SWEARING: Final = re.compile(
    r"\b(?:(?:mother|cluster)?f(?:u|\*|@|#)(?:c|\*|@|#)?k(?:s|ed|er|ers|ing|in|face|wit|up)?|(?:bull|horse|dip)?sh[i*!1]t"
    r"(?:s|ty|ted|ting|head|heads|hole|show|load)?|(?:dumb|smart|jack|bad)ass(?:es)?|ass(?:hole|holes|wipe)"
    r"|arseholes?|b[i*!1]tch(?:es|y|ing|ed)?|bastards?|c[u*]nts?|d[i*]ck(?:head|heads)|cocksuck(?:er|ers|ing)"
    r"|whores?|sluts?|slutty|wank(?:er|ers|ing)?|twats?|bollocks|piss(?:ed)? off|goddamn(?:ed)?"
    r"|n[i*]gg(?:er|ers|a|as|az)|fagg?ots?|fags|retards?|trann(?:y|ies)|kikes?|wetbacks?|towelheads?"
    r"|arschl(?:o|ö)ch(?:er)?|schei(?:ß|ss)e?|fick(?:en|t|er)|hurensohn|putain|merde|connards?|salope|enculé"
    r"|mierda|hij[oa]s? de puta|cabr[oó]n(?:es)?|gilipollas|c(?:a|à)zz(?:o|i)|stronz[oaie])\b"
    r"|(?<!\w)(?:a\$\$(?:hole)?|@ss(?:hole)?)(?!\w)|傻逼|操你妈|他妈的",
    re.IGNORECASE,
)
# Some part of every word above: looking for these first is several times as fast.
_HINTS: Final = (
    *(
        "fuc",
        "fuk",
        "f*",
        "f@",
        "f#",
        "shit",
        "sh*t",
        "sh!t",
        "sh1t",
        "umbass",
        "martass",
        "jackass",
        "badass",
        "asshole",
    ),
    *("asswipe", "arsehole", "bitch", "b*tch", "b!tch", "b1tch", "bastard", "cunt", "c*nt", "ckhead", "cocksuck"),
    *("whore", "slut", "wank", "twat", "bollock", "piss", "goddamn", "nigg", "n*gg", "fag", "retard", "trann", "kike"),
    *("wetback", "towelhead", "arschl", "schei", "fick", "hurens", "putain", "merde", "connard", "salope", "encul"),
    *("mierda", "de puta", "cabr", "gilip", "cazz", "càzz", "stronz", "a$$", "@ss", "傻逼", "操你妈", "他妈的"),
)


class Profanity(Signal):
    """Swear words and slurs.

    How many words of a short list of ours there are anywhere in the sample: strong English ones, some German, French,
    Spanish, Italian and Chinese ones, and the usual disguises ("a$$hole", "f*ck"). It looks at words, not at meaning,
    so it is a reason to look, never to reject by itself. Known false hits: quotations, fiction and lessons about such
    words, "retard" in technical use. It misses insults and threats made of decent words.

    >>> Profanity()([Sample("Kill the process with PID 3."), Sample("What the f*ck?")])
    [0.0, 1.0]
    """

    name: ClassVar[str] = "profanity"
    unit: ClassVar[str] = "words"

    def __call__(self, samples: Sequence[Sample]) -> list[float]:
        """Count in every sample."""
        return [float(_count(whole_text(sample))) for sample in samples]


def _count(text: str) -> int:
    lower = text.lower()
    return sum(1 for _ in _SWEARING.finditer(lower)) if any(hint in lower for hint in _HINTS) else 0
