"""Reads a labelled table into rows of text."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from curation.errors import BadFile, BadRow
from curation.generators.templates.reading import raw_rows
from curation.methods import Json
from curation.sample import Refusal

ALIASES = {
    "text": ("text", "sentence", "review", "content", "document", "article", "sentence1", "question1"),
    "label": ("label", "class", "category", "sentiment", "topic", "is_duplicate"),
    "premise": ("premise", "sentence1"),
    "hypothesis": ("hypothesis", "sentence2"),
    "question": ("question", "query"),
    "answer": ("answer", "response"),
    "context": ("context", "passage"),
    "summary": ("summary", "highlights", "abstract"),
    "paraphrase": ("paraphrase", "rewording", "sentence2", "question2"),
    "field": ("field", "attribute", "slot", "entity_type"),
    "value": ("value", "entity", "span"),
    "source": ("source", "source_text", "src"),
    "target": ("target", "target_text", "translation", "tgt"),
    "source_language": ("source_language", "source_lang", "src_lang"),
    "target_language": ("target_language", "target_lang", "tgt_lang", "language"),
}
"""Names that a column may have in common data sets, our own first."""
LABEL = "label"
"""The column of the classes."""


@dataclass(frozen=True)
class TableRow:
    """One usable row: its number, counted from 1 without the header, and its cells by our column names."""

    number: int
    cells: dict[str, str]


@dataclass(frozen=True)
class Table:
    """What a file holds: its columns in order, the rows that can be used, and why the others cannot."""

    columns: list[str]
    rows: list[TableRow]
    refusals: list[Refusal]


def read_table(path: Path, needed: Sequence[str] = (), optional: Sequence[str] = ()) -> Table:
    """Read the rows that have every needed column, and say which ones do not.

    Args:
        path: the file.
        needed: our names of the columns that a row must have.
        optional: our names of the columns that a row may have; where none is needed, the file's own names.

    Raises:
        BadFile: the file cannot be read, or no row has a needed column; the message names the columns that are there.
    """
    raw = list(raw_rows(path))
    there = list(dict.fromkeys(name for _, row in raw if isinstance(row, dict) for name in row))
    chosen = _columns(path, there, needed, optional)
    rows, refusals = [], []
    for number, row in raw:
        try:
            rows.append(TableRow(number, _cells(row, chosen, needed)))
        except BadRow as error:
            refusals.append(Refusal(f"{path.name}, row {number}", error.reason))
    return Table(there, rows, refusals)


def _columns(path: Path, there: list[str], needed: Sequence[str], optional: Sequence[str]) -> dict[str, str]:
    """Our column name → the name in the file."""
    if not needed:
        return {name: name for name in optional if name in there} | _known(there, {LABEL}.intersection(optional))
    found = _known(there, (*needed, *optional))
    missing = [column for column in needed if column not in found]
    if missing:
        raise BadFile(
            f"{path.name} has no column {' and no column '.join(repr(name) for name in missing)}. "
            f"It has: {', '.join(there) or 'none'}. Rename a column, or choose another task."
        )
    return found


def _known(there: Sequence[str], columns: Collection[str]) -> dict[str, str]:
    lower = {name.strip().lower(): name for name in reversed(there)}
    return {column: lower[alias] for column in columns for alias in reversed(ALIASES[column]) if alias in lower}


def _cells(row: Json | BadRow, chosen: dict[str, str], needed: Sequence[str]) -> dict[str, str]:
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
