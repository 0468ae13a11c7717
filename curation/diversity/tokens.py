"""The first sentence of an instruction as words, with what is quoted or bracketed folded away."""

import re
from functools import lru_cache
from typing import NamedTuple

QUOTED = '"'
"""Stands for anything in quotation marks: its words are talked about, not used."""

_LABEL = re.compile(
    r"^\s*(?:(?:q|question|task|instructions?|prompt|problem|query|input)\s*:|\(?(?:\d{1,2}|[a-d])[.)])\s*(?=\S)",
    re.IGNORECASE,
)
_QUOTE = re.compile(r"\"[^\"]*\"|“[^”]*”|«[^»]*»|‘[^’]*’|`+[^`]*`+|(?<![\w'])'[^']*'(?!\w)")
_ASIDE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|<[^<>]*>|\{[^{}]*\}")
_FOLDED = re.compile(r"[\"“«‘`'(\[<{]")
"""Where none of these stands there is nothing to fold away, as in most instructions."""
_END = re.compile(r"[.?!]+(?=\s|$|\")|\n|;|:(?=\s|$)")
_TOKEN = re.compile(r"[^\W\d_]+(?:['’.-][^\W_]+)*'?|\d+(?:[.,:]\d+)*%?\w*|[^\s\w]")
_LONGEST = 600


class Token(NamedTuple):
    """One word as it is written and in lower case."""

    text: str
    word: str


def first_sentence(text: str) -> list[Token]:
    """The words of the first sentence that has any.

    >>> [token.word for token in first_sentence('Translate "Hello you." to French. Be exact.')]
    ['translate', '"', 'to', 'french']
    """
    text = _LABEL.sub("", text[:_LONGEST]).replace("’", "'")
    if _FOLDED.search(text):
        text = _ASIDE.sub(" ", _QUOTE.sub(f" {QUOTED} ", text))
    for part in _END.split(text):
        words = _TOKEN.findall(part)
        tokens = [_token(found) for found in (_apart(words) if "'" in part else words)]
        if any(token.word[0].isalpha() for token in tokens):
            return tokens
    return []


@lru_cache(maxsize=2**17)
def _token(text: str) -> Token:
    """The country is no pronoun, and "re-write" stands in the word list without its hyphen."""
    word = "u.s." if text == "US" else text.lower()
    return Token(text, f"re{word[3:]}" if word.startswith("re-") else word)


def _apart(words: list[str]) -> list[str]:
    """Take "what's" apart; a possessive stays one word."""
    return [part for word in words for part in _contraction(word)]


def _contraction(word: str) -> list[str]:
    start, mark, end = word.partition("'")
    if mark and start.lower() in ("what", "who", "where", "how", "there", "that", "it", "i", "you", "we", "they"):
        return [start, f"'{end.lower()}"]
    return [word]
