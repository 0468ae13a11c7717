"""Two texts side by side with the words marked that differ. What is drawn is Markdown in which nothing is read."""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

import streamlit as st

from curation.signals.private_spans import masked
from pages._parts.masking import offer
from pages._parts.plain import plain

MOST = 250
"""Words of each text that are compared and shown."""


def word_diff(left: str, right: str) -> tuple[str, str]:
    r"""Both texts as Markdown that shows them as they are, with the words that the other lacks bold on green.

    >>> word_diff("Name a colour", "Name a fruit")
    ('Name a :green-background[**colour**]', 'Name a :green-background[**fruit**]')
    """
    a, b = left.split(), right.split()
    steps = SequenceMatcher(None, a[:MOST], b[:MOST], autojunk=False).get_opcodes()
    marked = [
        (" ".join(_parts(a, [(tag, start, stop) for tag, start, stop, _, _ in steps]))),
        (" ".join(_parts(b, [(tag, start, stop) for tag, _, _, start, stop in steps]))),
    ]
    return marked[0], marked[1]


def share_alike(left: str, right: str) -> float:
    """How much of two texts is the same words in the same order, 0 to 1, as far as they are compared."""
    return SequenceMatcher(None, left.split()[:MOST], right.split()[:MOST], autojunk=False).ratio()


def show_diff(left: str, right: str) -> None:
    """Draw two texts side by side, with personal data masked."""
    marks = word_diff(masked(left), masked(right))
    for column, text, marked in zip(st.columns(2), (left, right), marks, strict=True):
        with column.container(border=True):
            st.markdown(marked or "(empty)")
            offer(text)


def _parts(words: Sequence[str], steps: Sequence[tuple[str, int, int]]) -> Iterator[str]:
    for tag, start, stop in steps:
        text = plain(" ".join(words[start:stop]))
        if text:
            yield text if tag == "equal" else f":green-background[**{text}**]"
    if len(words) > MOST:
        yield f"… ({len(words) - MOST:,} more words)"
