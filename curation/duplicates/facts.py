"""What one text asks for, as far as plain rules can tell: its numbers, names, negations, languages and formats."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from curation.rouge import words

VERSION = 1
"""Of the rules below and of those in `differences`: a change to them is a new version, so that stored answers are
looked for again."""
_COUNTS = {
    "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9",
    "ten": "10", "eleven": "11", "twelve": "12",
}  # fmt: skip
"""Without "one", which is seldom a number: one of them, one another, no one."""
_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
_THOUSANDS = re.compile(r",(?=\d{3}(?!\d))")
_NAME = re.compile(r"(?<!\w)(?=[^\W\d_])\w[\w'’.-]*")
_OPENS = '.!?:;"“‘(\n•*-'
_NEGATION = re.compile(
    r"\b(?:(?<!or )not|no|never|none|nothing|nobody|nor|neither|without|cannot|except|excluding|avoid|unless"
    r"|[a-z]+n['’]t)\b"
)
_LANGUAGES = re.compile(
    r"\b(?:arabic|bengali|bulgarian|chinese|croatian|czech|danish|dutch|english|finnish|french|german|greek|hebrew|hindi"
    r"|hungarian|indonesian|italian|japanese|korean|latin|mandarin|norwegian|persian|polish|portuguese|romanian|russian"
    r"|spanish|swahili|swedish|tamil|thai|turkish|ukrainian|urdu|vietnamese"
    r"|python|java|javascript|typescript|c\+\+|c#|ruby|rust|php|swift|kotlin|sql|bash|perl|matlab|haskell|scala)(?!\w)"
)
_FORMATS = {
    "article": "article", "biography": "biography", "blog": "blog", "bullet": "list", "bullets": "list",
    "code": "code", "csv": "csv", "dialog": "dialogue", "dialogue": "dialogue", "diagram": "diagram", "email": "email",
    "essay": "essay", "function": "code", "haiku": "haiku", "headline": "title", "html": "html", "joke": "joke",
    "json": "json", "letter": "letter", "limerick": "limerick", "lyrics": "song", "logo": "logo",
    "markdown": "markdown", "outline": "outline", "paragraph": "paragraph", "phrase": "phrase", "poem": "poem",
    "poster": "poster", "program": "code", "quiz": "quiz", "recipe": "recipe", "regex": "regex", "script": "script",
    "sentence": "sentence", "slogan": "slogan", "song": "song", "sonnet": "sonnet", "speech": "speech",
    "story": "story", "summary": "summary", "table": "table", "timeline": "timeline", "title": "title",
    "tweet": "tweet", "xml": "xml", "yaml": "yaml",
}  # fmt: skip


@dataclass(frozen=True)
class Facts:
    """What a text holds; two texts are told apart by it.

    Args:
        words: its words in order, as `curation.rouge.words` gives them.
        inputs: the words of the input that belongs to it.
        letters: length in characters.
        numbers: written in digits, or in English from two to twelve, sorted.
        names: words with a capital that do not open a sentence, in lower case. "I" is none.
        negations: whether it has an English "not", "never", "without", "except", "don't" and the like, but no "or not".
        languages: English names of natural and programming languages, and the script of most letters.
        formats: English words for a kind of text: "poem", "table", "json" … Not "list" nor the first word,
            which are mostly verbs.
    """

    words: tuple[str, ...]
    inputs: tuple[str, ...]
    letters: int
    numbers: tuple[str, ...]
    names: frozenset[str]
    negations: bool
    languages: frozenset[str]
    formats: frozenset[str]


def facts(text: str, given: str = "") -> Facts:
    """The facts of a text and of the input that belongs to it.

    >>> found = facts("Name 3 rivers in Peru, not two. Use a table.")
    >>> found.numbers, sorted(found.names), found.negations, sorted(found.formats)
    (('2', '3'), ['peru'], True, ['table'])
    """
    split = words(text)
    lower = text.lower()
    return Facts(
        words=tuple(split),
        inputs=tuple(words(given)),
        letters=len(text),
        numbers=_numbers(text, split),
        names=_names(text),
        negations=_NEGATION.search(lower) is not None,
        languages=frozenset(_LANGUAGES.findall(lower)) | _script(text),
        formats=frozenset(form for word in split[1:] if (form := _FORMATS.get(word) or _FORMATS.get(word.rstrip("s")))),
    )


def _numbers(text: str, split: Iterable[str]) -> tuple[str, ...]:
    digits = [_THOUSANDS.sub("", found) for found in _DIGITS.findall(text)]
    return tuple(sorted(digits + [_COUNTS[word] for word in split if word in _COUNTS]))


def _names(text: str) -> frozenset[str]:
    found = (match for match in _NAME.finditer(text) if match[0][0].isupper() and not _opens(text, match.start()))
    return frozenset(word for match in found for word in words(match[0])) - {"i", "s"}


def _opens(text: str, place: int) -> bool:
    """Whether a word there is the first of a sentence, a line or a quotation."""
    before = text[max(0, place - 3) : place]
    return place == 0 or "\n" in before or before.rstrip()[-1:] in _OPENS


def _script(text: str) -> frozenset[str]:
    """The script that most of the letters are in, by the first word of their Unicode names."""
    if text.isascii():
        return frozenset({"LATIN"} if any(map(str.isalpha, text)) else ())
    counts = Counter(_named(letter) for letter in text if letter.isalpha())
    return frozenset(script for script, _ in counts.most_common(1))


@lru_cache(maxsize=1 << 14)
def _named(letter: str) -> str:
    return unicodedata.name(letter, "UNNAMED").split()[0]
