"""Text from outside, in front of a reader: T1, T2, T21."""

import re
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages._parts.cells import visible_rows
from pages._parts.plain import STOP, plain, visible

MARKUP = (
    "![x](http://a.example/b.png)",
    "[x](javascript:alert(1))",
    "<img src=x onerror=alert(1)>",
    "<http://a.example>",
    "http://a.example/b?c=d www.a.example ada@a.example mailto:ada@a.example",
    ":material/home: :smile: :streamlit: :red[coloured] :red-background[x] :small[y]",
    "$x$ $$\\href{javascript:1}{x}$$",
    "**bold** _it_ ~~gone~~ `code` # title > quote | cell - item 1. one 1) two + plus",
    "-> <- <-> -- >= <= ~= &amp; &#x3c;",
)
pieces = st.lists(st.sampled_from(MARKUP) | st.text(max_size=8) | st.sampled_from(string.punctuation), max_size=6)
texts = pieces.map("".join) | st.text(st.characters(), max_size=40)
UNSEEN = (
    "\x00",
    "\x1b",
    "\x7f",
    "\x85",
    "\xad",
    "\u200b",
    "\u200e",
    "\u202e",
    "\u2066",
    "\u2060",
    "\ufeff",
    "\U000e0041",
)


@given(texts)
def test_every_mark_is_escaped_and_nothing_else_is_changed(text: str) -> None:
    """What Markdown reads back is the text itself; no mark stands without its backslash."""
    marked = plain(text)
    assert re.sub(rf"{STOP}?\\(.)", r"\1", marked) == " ".join(visible(text).split())
    assert not re.search(r"[!-/:-@\[-`{-~]", re.sub(r"\\.", "", marked))


@given(texts)
def test_nothing_is_found_once_the_backslashes_are_gone(text: str) -> None:
    """Streamlit looks for emoji, icons, arrows and addresses in what Markdown has read."""
    read = re.sub(r"\\(.)", r"\1", plain(text))
    assert not re.search(r":[\w/+-]+:", read)
    assert not re.search(r"https?://|www\.|[-.\w+]@\w", read, re.IGNORECASE)
    assert not re.search(r"<-|->|--|[<>~]=", read)


@given(texts)
def test_what_is_made_visible_stays_so(text: str) -> None:
    assert visible(visible(text)) == visible(text)


@pytest.mark.parametrize("sign", UNSEEN, ids=lambda sign: f"U+{ord(sign):04X}")
def test_what_cannot_be_seen_is_shown(sign: str) -> None:
    """T21: alone, in a word and in a table."""
    mark = f"⟨U+{ord(sign):04X}⟩"
    assert visible(f"a{sign}b") == f"a{mark}b"
    assert visible_rows([{"a": sign, "n": 1}]) == [{"a": mark, "n": 1}]


def test_half_a_surrogate_pair_can_be_sent_to_the_browser() -> None:
    assert visible("a\ud800b").encode() == "a⟨U+D800⟩b".encode()


def test_joiners_are_shown_where_they_join_nothing() -> None:
    """A Persian word and a family of emoji keep theirs; between Latin letters a joiner hides something."""
    for kept in ("می\u200cخواهم", "👩\u200d👧"):
        assert visible(kept) == kept
    assert visible("pass\u200cword\u200d") == "pass⟨U+200C⟩word⟨U+200D⟩"


def test_ends_of_lines_are_left_alone() -> None:
    assert visible("a\r\nb\tc\n") == "a\nb\tc\n"
