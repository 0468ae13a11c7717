"""What a polished answer must not lose: numbers, names, code and links."""

import re
from collections.abc import Callable, Iterator

_LINK = re.compile(r"https?://[^\s<>\"'`]+[^\s<>\"'`.,;:!?)\]}*_]")
_BLOCK = re.compile(r"^[ \t]*```.*?^[ \t]*```", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"`([^`\n]+)`")
_NUMBER = re.compile(r"(?<!\w)\d+(?:[.,]\d+)*")
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_LIST_MARK = re.compile(r"^[ \t]*\d+[.)](?=\s)", re.MULTILINE)
_SENTENCE = re.compile(r"(?<=[.!?:;])\s+|\n+")
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_OPENING = frozenset("\"“‘'(*[«")
_COUNTS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_GERMAN = frozenset({"der", "das", "und", "ist", "ein", "eine", "nicht", "mit", "von", "für", "auf", "sich"})


def lost_facts(text: str, refined: str) -> list[str]:
    """The links, code spans, code blocks, numbers and names of a text that are nowhere in its refinement, in order.

    `1,000` is `1000`, `3` may become `three`, and the numbers of a list's items are none. A name is a word with a
    capital letter in the middle of a sentence; in German, where every noun has one, names are not looked for.

    >>> lost_facts("The Elbe has 1,094 km, and `max` of it is 3.", "The Elbe has a length of 1094 km.")
    ['`max`', '3']
    """
    return [fact for kind in _KINDS for fact in dict.fromkeys(kind(text, refined))]


def _links(text: str, refined: str) -> Iterator[str]:
    return (link for link in _LINK.findall(text) if link not in refined)


def _code(text: str, refined: str) -> Iterator[str]:
    spans = _CODE.findall(_BLOCK.sub(" ", text))
    found = _spaced(refined)
    yield from (f"`{span}`" for span in spans if _spaced(span) not in found)
    if len(_BLOCK.findall(refined)) < len(_BLOCK.findall(text)):
        yield "a code block"


def _numbers(text: str, refined: str) -> Iterator[str]:
    counted = {str(_COUNTS.index(word)) for word in _words(refined) if word in _COUNTS}
    there = counted | {_plain(number) for number in _NUMBER.findall(refined)}
    return (number for number in _NUMBER.findall(_LIST_MARK.sub("", _prose(text))) if _plain(number) not in there)


def _names(text: str, refined: str) -> Iterator[str]:
    if len(_GERMAN & _words(text)) > 1:
        return
    there = _words(refined)
    for sentence in _SENTENCE.split(_prose(text)):
        yield from (name for name in _names_in(sentence) if name.casefold() not in there)


_KINDS: tuple[Callable[[str, str], Iterator[str]], ...] = (_links, _code, _numbers, _names)


def _names_in(sentence: str) -> Iterator[str]:
    """The capitalised words after the first; none in a heading."""
    found = list(_WORD.finditer(sentence))
    if _is_heading(sentence, [word[0] for word in found if len(word[0]) > 3]):
        return
    for word in found[1:]:
        name = _stem(word[0])
        if name[0].isupper() and name != "I" and sentence[word.start() - 1] not in _OPENING:
            yield name


def _is_heading(sentence: str, longer: list[str]) -> bool:
    """Whether it has no full stop and all of its longer words have a capital."""
    return (
        sentence.rstrip()[-1:] not in {".", "!", "?"} and len(longer) > 1 and all(word[0].isupper() for word in longer)
    )


def _prose(text: str) -> str:
    """The text without links and code, which are looked for by themselves."""
    return _CODE.sub(" ", _BLOCK.sub(" ", _LINK.sub(" ", text)))


def _words(text: str) -> set[str]:
    return {_stem(word).casefold() for word in _WORD.findall(text)}


def _stem(word: str) -> str:
    """A word without what follows an apostrophe: `Anna's` → `Anna`, `I'm` → `I`."""
    return re.split("['’]", word)[0]


def _plain(number: str) -> str:
    number = number.replace(",", "") if _THOUSANDS.fullmatch(number) else number
    return number.lstrip("0") or "0"


def _spaced(text: str) -> str:
    return " ".join(text.split())
