"""The reader's documents and catalogues as numbered sources, and which of them are nearest to a question."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from curation.documents import SUFFIXES, Document, passages, read_documents
from curation.documents.json_lines import FIELDS
from curation.errors import BadFile, BadRow
from curation.generators.templates.reading import raw_rows
from curation.methods import Json
from curation.prompts import Model, Vectors
from curation.sample import Refusal

TABLES = frozenset({".csv", ".tsv", ".parquet"})
ROWS = frozenset({".jsonl", ".ndjson"})
MOST_FILES = 10_000
FEWEST_WORDS = 4
"""Of a field named like a text; with fewer it is the name of something in a catalogue."""
_TOGETHER = 1024
"""Texts that are embedded at a time."""


@dataclass(frozen=True)
class Source:
    """A passage of a document or a row of a catalogue.

    Args:
        name: for example `handbook.md, passage 3` or `prices.csv, row 12`.
        text: what it says; of a row, one line for each field.
    """

    name: str
    text: str


def read_sources(path: Path, most: int) -> tuple[list[Source], list[Refusal]]:
    """The sources of a file or folder in the order of their paths, and what could not be read.

    Documents are cut into passages of at most `most` characters. Of CSV, TSV, Parquet and of JSON lines without a field
    for a text, each row is a source.

    Raises:
        BadFile: there is no such file or folder, too many files, or nothing that can be read.
    """
    read = list(_read(path, most))
    sources = [one for one in read if isinstance(one, Source)]
    refused = [one for one in read if isinstance(one, Refusal)]
    if not sources:
        why = f" The first reason: {refused[0].place}: {refused[0].reason}" if refused else ""
        kinds = ", ".join(sorted({*SUFFIXES, *TABLES}))
        raise BadFile(f"{path.name} has no text that can serve as a source ({kinds}).{why}")
    return sources, refused


def nearest(questions: Vectors, sources: Vectors, count: int) -> list[list[int]]:
    """For each question the places of the sources with the highest cosines, highest first, equal ones in order.

    Cosines count to three digits: the last ones change with the number of threads, and another order is another prompt.
    """
    cosines = np.round(questions @ sources.T, 3)
    return [np.argsort(-row, kind="stable")[:count].tolist() for row in cosines]


def embedded(texts: Sequence[str], model: Model) -> Vectors:
    """Vectors of many texts, a block at a time."""
    blocks: list[NDArray[np.float32]] = [
        model.embed(texts[start : start + _TOGETHER]) for start in range(0, len(texts), _TOGETHER)
    ]
    return np.concatenate(blocks)


def numbered(sources: Sequence[Source]) -> str:
    """The sources as a model and a trainer see them.

    >>> print(numbered([Source("a.md, passage 1", "Bees dance.")]))
    [1] a.md, passage 1
    Bees dance.
    """
    return "\n\n".join(f"[{number}] {one.name}\n{one.text}" for number, one in enumerate(sources, start=1))


def _read(path: Path, most: int) -> Iterator[Source | Refusal]:
    if not path.is_dir():
        yield from _read_file(path, path.name, most)
        return
    for file in _files(path):
        name = str(file.relative_to(path))
        try:
            yield from _read_file(file, name, most)
        except BadFile as error:
            yield Refusal(name, str(error))


def _files(folder: Path) -> list[Path]:
    """Visible files of the kinds that are read; links that lead out of the folder are not followed."""
    inside = folder.resolve()
    found = [
        file
        for file in sorted(folder.rglob("*"))
        if file.suffix.lower() in {*SUFFIXES, *TABLES}
        and not any(part.startswith(".") for part in file.relative_to(folder).parts)
        and file.is_file()
        and file.resolve().is_relative_to(inside)
    ]
    if len(found) > MOST_FILES:
        raise BadFile(f"{folder.name} has more than {MOST_FILES:,} files (cap on files). Choose a smaller folder.")
    return found


def _read_file(path: Path, name: str, most: int) -> Iterator[Source | Refusal]:
    if path.is_file() and (path.suffix.lower() in TABLES or (path.suffix.lower() in ROWS and _is_catalogue(path))):
        yield from _rows(path, name)
        return
    for found in read_documents(path):
        if isinstance(found, Refusal):
            yield Refusal(found.place.replace(path.name, name, 1), found.reason)
        else:
            yield from _passages(found, found.name.replace(path.name, name, 1), most)


def _passages(document: Document, name: str, most: int) -> Iterator[Source]:
    for one in passages(document, least=min(300, most // 2), most=most):
        yield Source(f"{name}, passage {one.number}", one.text)


def _is_catalogue(path: Path) -> bool:
    """Whether the first object of a file of JSON lines has no field with a text, or only a word or two in it."""
    first = next((row for _, row in raw_rows(path) if isinstance(row, dict)), {})
    return not any(len(str(first.get(field) or "").split()) >= FEWEST_WORDS for field in FIELDS)


def _rows(path: Path, name: str) -> Iterator[Source | Refusal]:
    for number, row in raw_rows(path):
        place = f"{name}, row {number}"
        text = _row_text(row)
        if isinstance(row, BadRow) or not text:
            reason = row.reason if isinstance(row, BadRow) else "it has no named fields with a value"
            yield Refusal(place, reason)
        else:
            yield Source(place, text)


def _row_text(row: Json | BadRow) -> str:
    """One line for each field that has a value."""
    if not isinstance(row, dict):
        return ""
    lines = (f"{field}: {value}" for field, value in row.items() if value not in (None, "", [], {}))
    return "\n".join(line.strip() for line in lines)
