"""CSV and TSV with a header line, quoted the way spreadsheets write them."""

import csv
from collections.abc import Iterator
from pathlib import Path

from curation.errors import BadFile
from curation.importers.caps import MAX_CELL, MAX_COLUMNS, MAX_LINE_BYTES
from curation.importers.containers.text import HEAD, decoded, lines
from curation.importers.rows import Item, checked
from curation.sample import Refusal

DELIMITERS = ("\t", ",", ";")
ALONE = frozenset({"instruction", "prompt", "question", "query", "text", "task"})
"""A header of one word has no delimiter; only these words are taken for one."""


def delimiter_of(head: bytes, name: str) -> str | None:
    """The delimiter of a header line, None where the line is no header."""
    first, newline, _ = head.lstrip(b"\r\n").partition(b"\n")
    is_cut = not newline and len(head) >= HEAD
    header = first.decode(errors="ignore") if is_cut else decoded(first, name, 1)
    found = max(DELIMITERS, key=header.count)
    if header.count(found):
        return found
    return "," if header.strip().strip('"').lower() in ALONE else None


def table(path: Path, delimiter: str) -> Iterator[Item]:
    """The rows below the header; a row with too few or too many cells is refused.

    Raises:
        BadFile: a header that names a column twice, a quote that is never closed, a cell or line over
            its cap; with the line.
    """
    csv.field_size_limit(MAX_CELL)
    reader = csv.reader(numbered(path), delimiter=delimiter, strict=True)
    header: tuple[str, ...] = ()
    end = given = 0
    for cells in rows_of(reader, path.name):
        place, end = f"line {end + 1}", reader.line_num
        if not cells:
            continue
        if not header:
            header = header_of(cells, path.name)
        else:
            given += 1
            yield row_of(place, header, cells, path.name)
    if not given:
        raise BadFile(f"{path.name} has a header line and no rows below it.")


def numbered(path: Path) -> Iterator[str]:
    """The lines of the file as the csv module wants them, with their ends."""
    for number, line in lines(path):
        if line is None:
            raise BadFile(f"{path.name}, line {number}: longer than {MAX_LINE_BYTES:,} bytes (cap on one line).")
        yield line


def rows_of(reader: Iterator[list[str]], name: str) -> Iterator[list[str]]:
    """The rows of a csv reader; what it cannot read is worded for a reader."""
    try:
        yield from reader
    except csv.Error as error:
        number = getattr(reader, "line_num", 0)
        reason = f"a cell of more than {MAX_CELL:,} characters (cap on one text)" if "limit" in str(error) else error
        raise BadFile(
            f"{name}, line {number}: {reason}. Check that every quoted cell ends with its quote, "
            'and that a quote inside one is doubled ("").'
        ) from error


def header_of(cells: list[str], name: str) -> tuple[str, ...]:
    """The names of the columns; a nameless one (a row number) is called by its place."""
    if len(cells) > MAX_COLUMNS:
        raise BadFile(f"{name}, line 1: {len(cells):,} columns, {MAX_COLUMNS:,} are allowed (cap on columns).")
    header = tuple(cell.strip() or f"column {number}" for number, cell in enumerate(cells, 1))
    twice = sorted({cell for cell in header if header.count(cell) > 1}) if len(set(header)) < len(header) else []
    if twice:
        raise BadFile(f'{name}, line 1: the column "{twice[0]}" is there twice. Rename one of the two.')
    return header


def row_of(place: str, header: tuple[str, ...], cells: list[str], name: str) -> Item:
    """One row under the names of its columns."""
    if len(cells) == len(header):
        return checked(place, dict(zip(header, cells, strict=True)))
    if cells[0].startswith(("<<<<<<< ", ">>>>>>> ")):
        raise BadFile(f"{name}, {place}: a merge-conflict marker of Git. Resolve the conflict, then try again.")
    return Refusal(place, f"the row has {len(cells)} cells, the header has {len(header)}")
