"""Text from outside: what cannot be seen is marked, and in Markdown nothing in it is read as a mark."""

import re

UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f"
    "\u3164\ud800-\udfff\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e01ef]"
    # Joiners belong to Persian words and to emoji; next to ASCII they hide something.
    "|(?<![^\x00-\x7f])[\u200c\u200d]|[\u200c\u200d](?![^\x00-\x7f])"
)
"""Control characters, marks that turn the reading order, signs of no width, and halves of surrogate pairs."""

# Emoji, icons, links and arrows are looked for after the backslashes are gone; a sign of no width stops that.
MARKS = re.compile(r"(?P<late>[:@]|(?<=www)\.|(?<=[-<>=~])[-<>=~])|[!-/:-@\[-`{-~]", re.IGNORECASE)
STOP = "\u200c"


def visible(text: str) -> str:
    r"""The text with marks in the place of what cannot be seen or would change the reading order (T21).

    >>> visible("a\u202eb")
    'a⟨U+202E⟩b'
    """
    return UNSEEN.sub(lambda found: f"⟨U+{ord(found[0]):04X}⟩", text.replace("\r\n", "\n"))


def plain(text: str) -> str:
    r"""The text as Markdown that shows it, on one line, and reads nothing in it (T1, T2).

    No links, images, tags, colours, icons, emoji, arrows or formulas; what cannot be seen is made visible (T21).

    >>> plain("![x](a.html) $y$")
    '\\!\\[x\\]\\(a\\.html\\) \\$y\\$'
    """
    line = " ".join(visible(text).split())
    return MARKS.sub(lambda mark: f"{STOP if mark['late'] else ''}\\{mark[0]}", line)
