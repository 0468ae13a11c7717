"""Text from outside: what cannot be seen is marked, and in Markdown nothing in it is read as a mark."""

import re

MARKS = re.compile(r"([!-/:-@\[-`{-~])")
BIDI = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200B, 0x200E, 0x200F, 0xFEFF])


def visible(text: str) -> str:
    r"""The text with marks in the place of what cannot be seen or would change the reading order (T21).

    >>> visible("a\u202eb")
    'a⟨U+202E⟩b'
    """
    shown = {code: f"⟨U+{code:04X}⟩" for code in BIDI} | {code: f"⟨U+{code:04X}⟩" for code in range(32)}
    for kept in (0x09, 0x0A):
        del shown[kept]
    return text.translate(shown)


def plain(text: str) -> str:
    r"""The text with every mark of Markdown taken at its face, on one line, with what cannot be seen made visible (T1).

    An address can still become a link, which loads nothing unless it is pressed.

    >>> plain("![x](http://a.example)")
    '\\!\\[x\\]\\(http\\:\\/\\/a\\.example\\)'
    """
    return MARKS.sub(r"\\\1", " ".join(visible(text).split()))
