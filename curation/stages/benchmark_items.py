"""Benchmark files → items.

A file is a table that the importers read, in any layout, or a plain text with one item a line.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path

from curation.errors import BadFile, BadRow
from curation.importers import guess_mapping, open_rows, recognise
from curation.importers.containers.text import lines
from curation.importers.opening import LOOK_AHEAD
from curation.methods import Json, Layout, Row
from curation.sample import Refusal


@dataclass(frozen=True)
class Item:
    """One row of a benchmark.

    Args:
        benchmark: the name of its file.
        place: where in the file, for example `line 41`.
        texts: every text in it.
        question: what it asks, "" where that cannot be told.
    """

    benchmark: str
    place: str
    texts: tuple[str, ...]
    question: str


def read_items(path: str) -> Iterator[Item | Refusal]:
    """Every item of a benchmark file: the lines of a .txt file, else the rows of a table, whatever its columns.

    A row that cannot be read comes as a refusal with its place and the reason.

    Raises:
        BadFile: the file cannot be read.
    """
    name = Path(path).name
    if name.endswith((".txt", ".txt.gz")) and Path(path).is_file():
        for number, line in lines(Path(path)):
            if line is None:
                yield Refusal(f"line {number}", "it is too long (cap on one line)")
            elif line.strip():
                yield Item(name, f"line {number}", (line.strip(),), line.strip())
        return
    opened = open_rows(path)
    first = list(islice(opened.items, LOOK_AHEAD))
    layout = _layout(opened.columns, [item[1] for item in first if not isinstance(item, Refusal)])
    for item in chain(first, opened.items):
        yield item if isinstance(item, Refusal) else _item(name, *item, layout)


def _item(name: str, place: str, row: Row, layout: Layout | None) -> Item:
    found = tuple(_texts(row))
    return Item(name, place, found, _question(layout, row) or max(found, key=len, default=""))


def _layout(columns: Sequence[str], rows: Sequence[Row]) -> Layout | None:
    try:
        return recognise(rows) or guess_mapping(columns, rows)
    except BadFile:
        return None


def _question(layout: Layout | None, row: Row) -> str:
    """What a row asks, "" where the layout does not tell."""
    if layout is None:
        return ""
    try:
        return next((sample.prompt.strip() for sample in layout(row)), "")
    except BadRow:
        return ""


def _texts(value: Json) -> Iterator[str]:
    """Every text in a row, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, Sequence):
        for inner in value:
            yield from _texts(inner)
