"""Strict JSON: NaN and Infinity are refused, nesting that would exhaust the stack too."""

import json
from collections.abc import Iterator
from pathlib import Path

from curation.errors import BadFile, BadRow
from curation.importers.caps import MAX_DEPTH, MAX_LINE_BYTES
from curation.importers.containers.text import lines, whole
from curation.importers.rows import Item, checked
from curation.methods import Json
from curation.sample import Refusal

SPACE = " \t\r\n"
CONFLICT = ("<<<<<<< ", ">>>>>>> ")
CONFLICT_SENTENCE = "a merge-conflict marker of Git. Resolve the conflict, then try again."


def refuse_constant(word: str) -> Json:
    """NaN, Infinity and -Infinity are Python's own addition to JSON."""
    raise BadRow(f"{word} is not JSON; write null or a text")


DECODER = json.JSONDecoder(parse_constant=refuse_constant)


def json_value(text: str) -> Json:
    """One JSON value.

    Raises:
        BadRow: not JSON, with the column, or nested too deep.

    >>> json_value('{"output": "Red"}')
    {'output': 'Red'}
    """
    try:
        value: Json = DECODER.decode(text)
    except json.JSONDecodeError as error:
        raise BadRow(f"not valid JSON at column {error.pos + 1}: {reason_of(error)}") from error
    except RecursionError as error:
        raise BadRow(f"nested deeper than {MAX_DEPTH} levels (cap on depth)") from error
    except ValueError as error:  # an integer of more than 4,300 digits
        raise BadRow(str(error)) from error
    return value


def reason_of(error: json.JSONDecodeError) -> str:
    """What the parser says, in words for the mistakes that people make most."""
    before = error.doc[: error.pos].rstrip(SPACE)
    if before.endswith(",") and error.doc[error.pos : error.pos + 1] in ("]", "}"):
        return "a comma before the closing bracket; delete the comma"
    if error.msg.startswith("Expecting property name"):
        return 'a field name has to stand in double quotes: "name"'
    if error.msg.startswith("Unterminated string"):
        return "an unterminated string: its closing quote is missing, perhaps because the file was cut off"
    return error.msg[:1].lower() + error.msg[1:]


def json_lines(path: Path) -> Iterator[Item]:
    """One object per line; blank lines are passed over, a bad line is refused and the others go on."""
    for number, line in lines(path):
        place = f"line {number}"
        if line is None:
            yield Refusal(place, f"longer than {MAX_LINE_BYTES:,} bytes (cap on one line)")
        elif kept := line.rstrip(SPACE):
            yield line_item(place, kept, path.name)


def line_item(place: str, line: str, name: str) -> Item:
    """One line as a row or a refusal."""
    try:
        return checked(place, json_value(line))
    except BadRow as error:
        if line.startswith(CONFLICT):
            raise BadFile(f"{name}, {place}: {CONFLICT_SENTENCE}") from error
        return Refusal(place, error.reason)


def json_array(path: Path) -> Iterator[Item]:
    """The objects of one JSON array.

    The array is gone through twice, first to know that it is whole before any row of it is given; both
    times one row is in memory at a time beside the text.

    Raises:
        BadFile: at once, with line and column, where the array is not valid JSON.
    """
    text = whole(path)
    for _ in values(text, path.name):
        pass
    return (checked(f"row {number}", value) for number, value in enumerate(values(text, path.name), 1))


def values(text: str, name: str) -> Iterator[Json]:
    """The values of an array, one by one.

    Raises:
        BadFile: with the line and column of the first mistake.
    """
    at = past_space(text, past_space(text, 0) + 1)
    if text[at : at + 1] != "]":
        while True:
            value, at = next_value(text, at, name)
            yield value
            at = past_space(text, at)
            if text[at : at + 1] != ",":
                break
            at = past_space(text, at + 1)
    if text[at : at + 1] != "]":
        raise broken(text, at, name, "expecting a comma or the closing bracket ]")
    end = past_space(text, at + 1)
    if end < len(text):
        raise broken(text, end, name, "something follows the closing bracket of the array")


def past_space(text: str, at: int) -> int:
    """The next position that is not JSON white space."""
    while text[at : at + 1] and text[at] in SPACE:
        at += 1
    return at


def next_value(text: str, at: int, name: str) -> tuple[Json, int]:
    """The value that starts here and the position after it."""
    try:
        return DECODER.raw_decode(text, at)
    except json.JSONDecodeError as error:
        raise broken(text, error.pos, name, reason_of(error)) from error
    except RecursionError as error:
        raise broken(text, at, name, f"nested deeper than {MAX_DEPTH} levels (cap on depth)") from error
    except (BadRow, ValueError) as error:
        raise broken(text, at, name, f"in the row that starts here: {error}") from error


def broken(text: str, at: int, name: str, reason: str) -> BadFile:
    """The refusal of an array, with the place; conflict markers are named as what they are."""
    for marker in CONFLICT:
        found = text.find("\n" + marker)
        if found >= 0:
            return BadFile(f"{name}, line {text.count(chr(10), 0, found) + 2}: {CONFLICT_SENTENCE}")
    line = text.count("\n", 0, at) + 1
    column = at - text.rfind("\n", 0, at)
    return BadFile(f"{name}, line {line}, column {column}: not valid JSON: {reason}. Nothing was imported.")
