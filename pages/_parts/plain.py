"""Text from outside in places that read Markdown, such as messages and captions."""

import re

from pages._parts.card import visible

MARKS = re.compile(r"([!-/:-@\[-`{-~])")


def plain(text: str) -> str:
    r"""The text with every mark of Markdown taken at its face, on one line, with what cannot be seen made visible (T1).

    An address can still become a link, which loads nothing unless it is pressed.

    >>> plain("![x](http://a.example)")
    '\\!\\[x\\]\\(http\\:\\/\\/a\\.example\\)'
    """
    return MARKS.sub(r"\\\1", " ".join(visible(text).split()))
