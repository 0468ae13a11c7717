"""Reads an answer that should be JSON of a given shape: strictly first, then with repairs by rule (F10).

The rules, none of which guesses at content: what stands around the JSON goes (a model's thinking, prose, code fences),
commas before a closing bracket go, Python's True, False, None and single quotes become JSON's, line breaks inside texts
stay, and a value of a wrong type is changed where nothing is lost ("3" → 3). Refused: NaN and infinity, a field twice
with different values (which one was meant cannot be told; equal ones are one), half characters, fields that the schema
does not know (T17), more than 64 levels, and different answers in one text.
"""

import json
import math
import re
from collections.abc import Iterator
from typing import cast

from curation.errors import BadRow
from curation.model.fitting import fitted
from curation.prompts import Json

MOST_LEVELS = 64
MOST_CHARACTERS = 200_000
"""A longer answer is read strictly or not at all: about 50,000 tokens."""
MOST_SEARCH = 2_000_000
"""Characters looked at in search of JSON inside prose, so that the worst text takes about a second."""
THINKING = re.compile(r"\A.*</think(?:ing)?>", re.DOTALL)
OPENING = re.compile(r"[\[{]")
# Every kind of text may lack its end, or each quotation mark would be followed to the end of the answer again.
BRACKET = re.compile(r"\"(?:[^\"\\]|\\.)*+\"?|'(?:[^'\\]|\\.)*+'?|[\[\]{}]", re.DOTALL)
WRONG = re.compile(
    r"\"(?:[^\"\\]|\\.)*+\"?|'(?P<single>(?:[^'\\]|\\.)*+)'?|(?P<comma>,)(?=\s*[\]}])|\b(?P<word>True|False|None)\b",
    re.DOTALL,
)
WORDS = {"True": "true", "False": "false", "None": "null"}


def read_json(text: str, schema: str) -> Json:
    """The answer as JSON that fits the schema.

    Args:
        text: what the model wrote.
        schema: JSON Schema as text; "" for any JSON.

    Raises:
        BadRow: it is no such JSON; the reason names the field. Nothing else is raised, whatever the text.

    >>> asked = '{"properties": {"good": {"type": "boolean"}, "words": {"type": "integer"}}}'
    >>> read_json('Sure! {"good": True, "words": "3",} Anything else?', asked)
    {'good': True, 'words': 3}
    """
    try:
        value = _loaded(text, strict=True)
    except _NoJson as error:
        return _repaired(text, schema, error.reason)
    return fitted(value, schema)


class _NoJson(BadRow):
    """It is written otherwise than JSON is; any other reason is about what it says, which no repair changes."""


def _repaired(text: str, schema: str, reason: str) -> Json:
    """The one answer that can be cut out of the text.

    Raises:
        BadRow: there is none, or there are several; the reason is the last one, or `reason` where nothing was found.
    """
    if len(text) > MOST_CHARACTERS:
        raise BadRow(reason)
    found: dict[str, Json] = {}
    for value in _pieces(THINKING.sub("", text)):
        try:
            fits = fitted(value, schema)
        except BadRow as error:
            reason = error.reason
            continue
        found[json.dumps(fits, sort_keys=True)] = fits
        if len(found) > 1:
            raise BadRow("different answers in one")
    if not found:
        raise BadRow(reason)
    return next(iter(found.values()))


def _pieces(text: str) -> Iterator[Json]:
    """Every outermost JSON between other text, mended.

    Raises:
        BadRow: one holds what is refused.
    """
    place, left = 0, MOST_SEARCH
    while left > 0 and (opening := OPENING.search(text, place)):
        start = opening.start()
        end, looked = _closing(text, start)
        left -= looked
        try:
            value = _loaded(WRONG.sub(_mended, text[start:end]), strict=False)
        except _NoJson:
            place = start + 1
            continue
        place = end
        yield value


def _closing(text: str, start: int) -> tuple[int, int]:
    """The place after the bracket that closes the one at `start`, `start` where none does, and how far it looked.

    Raises:
        BadRow: there are too many levels between them.
    """
    level = 0
    for token in BRACKET.finditer(text, start):
        level += {"[": 1, "{": 1, "]": -1, "}": -1}.get(token[0], 0)
        if level == 0:
            return token.end(), token.end() - start
        if level > MOST_LEVELS + 1:
            raise BadRow(f"more than {MOST_LEVELS} levels")
    return start, len(text) - start


def _mended(wrong: re.Match[str]) -> str:
    """What JSON writes in place of this; texts in double quotes stay as they are."""
    if wrong["comma"]:
        return ""
    if wrong["word"]:
        return WORDS[wrong["word"]]
    if wrong["single"] is None:
        return wrong[0]
    inner = re.sub(r"\\'|(?<!\\)\"", lambda quote: "'" if quote[0] == "\\'" else '\\"', wrong["single"])
    return f'"{inner}"'


def _loaded(text: str, *, strict: bool) -> Json:
    """Any JSON, within limits.

    Raises:
        BadRow: it is none, or holds what is refused.
    """
    try:
        value = cast(
            Json,
            json.loads(text, strict=strict, object_pairs_hook=_fields, parse_constant=_no_number, parse_float=_number),
        )
        _check_levels(value, MOST_LEVELS)
        json.dumps(value, ensure_ascii=False).encode()
    except json.JSONDecodeError as error:
        raise _NoJson(f"no JSON: {error.msg} at line {error.lineno}, column {error.colno}") from None
    except RecursionError:
        raise BadRow(f"more than {MOST_LEVELS} levels") from None
    except UnicodeEncodeError:
        raise BadRow("half of a character") from None
    except ValueError:
        raise BadRow("a number with too many digits") from None
    return value


def _fields(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    fields: dict[str, Json] = {}
    for name, value in pairs:
        if name in fields and json.dumps(fields[name]) != json.dumps(value):
            raise BadRow(f'"{name[:80]}" twice with different values')
        fields[name] = value
    return fields


def _number(digits: str) -> float:
    number = float(digits)
    return number if math.isfinite(number) else _no_number(digits)


def _no_number(word: str) -> float:
    raise BadRow(f"{word[:20]} is no number that JSON knows")


def _check_levels(value: Json, left: int) -> None:
    if left < 0:
        raise BadRow(f"more than {MOST_LEVELS} levels")
    if isinstance(value, dict | list):
        for child in value.values() if isinstance(value, dict) else value:
            _check_levels(child, left - 1)
