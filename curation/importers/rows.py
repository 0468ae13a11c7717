"""What every container gives: rows with their place, checked before anyone reads them."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from curation.errors import BadRow
from curation.importers.caps import MAX_CELL, MAX_COLUMNS, MAX_DEPTH
from curation.methods import Json, Row
from curation.sample import Refusal

Placed = tuple[str, Row]
"""A row and where it stands, for example `line 41`."""

Item = Placed | Refusal

LONE_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True)
class Rows:
    """An opened file.

    Args:
        kind: the container in words, for example `JSON lines`.
        columns: the fields of the first rows, in the order seen.
        items: every row with its place, or the refusal of it; can be gone through once.
    """

    kind: str
    columns: tuple[str, ...]
    items: Iterator[Item]


def checked(place: str, value: Json) -> Item:
    """The row at this place, or why it is refused.

    >>> checked("line 1", {"output": "fine"})
    ('line 1', {'output': 'fine'})
    >>> checked("line 2", ["fine"])
    Refusal(place='line 2', reason='the row is a list, not an object with named fields')
    """
    if not isinstance(value, Mapping):
        return Refusal(place, f"the row is {kind_of(value)}, not an object with named fields")
    try:
        check(value, "row", 1)
    except BadRow as error:
        return Refusal(place, error.reason)
    return place, value


def check(value: Json, field: str, depth: int) -> None:
    """Walk through one value and everything in it.

    Raises:
        BadRow: too deep, too long, too wide, or a text with half of a surrogate pair, which no
            database or Parquet file can hold (T21).
    """
    if isinstance(value, str):
        check_text(value, field)
    elif isinstance(value, Mapping | list):
        check_size(value, field, depth)
        if isinstance(value, Mapping):
            for key, inner in value.items():
                check_text(key, "a field name")
                check(inner, key, depth + 1)
        else:
            for inner in value:
                check(inner, field, depth + 1)


def check_size(value: Mapping[str, Json] | list[Json], field: str, depth: int) -> None:
    """Refuse an object or list that is nested too deep or an object with too many fields."""
    if depth > MAX_DEPTH:
        raise BadRow(f'"{field}" is nested deeper than {MAX_DEPTH} levels (cap on depth)')
    if isinstance(value, Mapping) and len(value) > MAX_COLUMNS:
        raise BadRow(f"{len(value):,} fields in one object, {MAX_COLUMNS:,} are allowed (cap on columns)")


def check_text(text: str, field: str) -> None:
    """Refuse a text that is too long or holds half of a surrogate pair."""
    if len(text) > MAX_CELL:
        raise BadRow(f'"{field[:40]}" has {len(text):,} characters, {MAX_CELL:,} are allowed (cap on one text)')
    if not text.isascii() and (found := LONE_SURROGATE.search(text)):
        raise BadRow(f'lone surrogate \\u{ord(found[0]):04x} at position {found.start()} in "{printable(field)}"')


def printable(field: str) -> str:
    """A field name that can be shown and stored whatever is in it."""
    return field.encode("utf-8", "backslashreplace").decode()


def kind_of(value: Json) -> str:
    """What a value is, in words for a sentence."""
    for kinds, words in WORDS:
        if isinstance(value, kinds):
            return words
    return "an object"


WORDS: tuple[tuple[type | tuple[type, ...], str], ...] = (
    (str, "text"),
    (bool, "true or false"),
    ((int, float), "a number"),
    (list, "a list"),
    (type(None), "empty (null)"),
)
