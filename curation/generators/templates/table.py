"""Reads a labelled table (CSV, TSV or JSON lines) into rows of text."""

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from curation.errors import BadFile, BadRow
from curation.methods import Json
from curation.sample import Refusal

ALIASES = {
    "text": ("text", "sentence", "review", "content", "document", "article"),
    "label": ("label", "class", "category", "sentiment", "topic"),
    "premise": ("premise", "sentence1"),
    "hypothesis": ("hypothesis", "sentence2"),
    "question": ("question", "query"),
    "answer": ("answer", "response"),
    "context": ("context", "passage"),
    "summary": ("summary", "highlights", "abstract"),
}
"""Names that a column may have in common data sets, our own first."""


@dataclass(frozen=True)
class TableRow:
    """One usable row: its number, counted from 1 without the header, and its cells by our column names."""

    number: int
    cells: dict[str, str]


def read_table(path: Path, needed: tuple[str, ...], optional: tuple[str, ...]) -> tuple[list[TableRow], list[Refusal]]:
    """Read the rows that have every needed column, and say which ones do not.

    Raises:
        BadFile: the file cannot be read, or no row has a needed column; the message names the columns that are there.
    """
    raw = list(_json_rows(path) if path.suffix.lower() in {".jsonl", ".ndjson", ".json"} else _csv_rows(path))
    there = list(dict.fromkeys(name for _, row in raw if isinstance(row, dict) for name in row))
    chosen = _columns(path, there, needed, optional)
    rows, refusals = [], []
    for number, row in raw:
        try:
            rows.append(TableRow(number, _cells(row, chosen, needed)))
        except BadRow as error:
            refusals.append(Refusal(f"{path.name}, row {number}", error.reason))
    return rows, refusals


def _columns(path: Path, there: list[str], needed: tuple[str, ...], optional: tuple[str, ...]) -> dict[str, str]:
    """Our column name → the name in the file."""
    lower = {name.strip().lower(): name for name in reversed(there)}
    found = {
        column: lower[alias] for column in needed + optional for alias in reversed(ALIASES[column]) if alias in lower
    }
    missing = [column for column in needed if column not in found]
    if missing:
        raise BadFile(
            f"{path.name} has no column {' and no column '.join(repr(name) for name in missing)}. "
            f"It has: {', '.join(there) or 'none'}. Rename a column, or choose another task."
        )
    return found


def _cells(row: Json | BadRow, chosen: dict[str, str], needed: tuple[str, ...]) -> dict[str, str]:
    if isinstance(row, BadRow):
        raise row
    if not isinstance(row, dict):
        raise BadRow("it is no object with named fields")
    cells = {column: _text(name, row.get(name)) for column, name in chosen.items()}
    for column in needed:
        if not cells[column]:
            raise BadRow(f'"{chosen[column]}" is empty')
    return cells


def _text(name: str, value: Json) -> str:
    """A cell as text: a whole number in a label column is as good as its digits."""
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise BadRow(f'"{name}" is neither text nor a number')
    return str(value).strip()


def _csv_rows(path: Path) -> Iterator[tuple[int, Json | BadRow]]:
    text = _decoded(path)
    delimiter = max(",;\t", key=text.split("\n", 1)[0].count)
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for number, row in enumerate(reader, start=1):
            # The reader keeps what is beyond the header under None.
            yield number, BadRow("it has more cells than the header") if None in row else dict(row)
    except csv.Error as error:
        raise BadFile(f"{path.name}, line {reader.line_num}: not a table that can be read ({error}).") from None


def _json_rows(path: Path) -> Iterator[tuple[int, Json | BadRow]]:
    text = _decoded(path).strip()
    if text.startswith("["):
        yield from enumerate(_array(path, text), start=1)
        return
    for number, line in enumerate(text.split("\n"), start=1):
        try:
            yield number, json.loads(line) if line.strip() else BadRow("it is empty")
        except (ValueError, RecursionError):
            yield number, BadRow("it is no JSON")


def _array(path: Path, text: str) -> list[Json]:
    try:
        return list(json.loads(text))
    except (ValueError, RecursionError):
        raise BadFile(f"{path.name} begins like a JSON array, but cannot be read as one.") from None


def _decoded(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadFile(
            f"{path.name} is not UTF-8 text: byte {error.start + 1} cannot be read. Save it as UTF-8."
        ) from None
    except OSError as error:
        raise BadFile(f"{path.name} cannot be read: {error.strerror}. Check the path.") from None
