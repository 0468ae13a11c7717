"""What stands in a file of an export, read back row by row.

A row is known by Python's hash of what the file has of it: 64 bits under a key that each process draws by chance, so
no text can be made up to look like another one. Such numbers mean nothing to another process.
"""

import csv
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

from curation.exporters.file_format import Columns, Container
from curation.exporters.writing import ROWS_PER_GROUP, as_line
from curation.methods import Json, Row


def row_key(row: Row, container: Container, columns: Columns) -> int:
    """What `written_keys` gives for this row once it is written, a signed number of 64 bits."""
    if container in ("jsonl", "json list"):
        return hash(as_line(row).encode())
    return hash(tuple(_cell(row[name]) for name in columns))


def written_keys(path: Path, container: Container, columns: Columns) -> Iterator[int]:
    """The key of every row of a written file, in order; never holds more than a block of rows."""
    return _READERS[container](path, columns)


def _cell(value: Json) -> str | tuple[str]:
    """What can be hashed; a text is never like another value that is written the same."""
    return value if isinstance(value, str) else (repr(value),)


def _lines(path: Path, _: Columns) -> Iterator[int]:
    with path.open("rb") as file:
        yield from (hash(line.rstrip(b"\n")) for line in file)


def _list(path: Path, _: Columns) -> Iterator[int]:
    """A list has a row in each line but for the brackets."""
    with path.open("rb") as file:
        yield from (hash(line.rstrip(b"\n").removesuffix(b",")) for line in file if line.startswith(b"{"))


def _csv(path: Path, columns: Columns) -> Iterator[int]:
    before = csv.field_size_limit(sys.maxsize)
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.reader(file)
            head = next(rows, [])
            if head != list(columns):  # cells under other names are rows of their own
                yield hash(tuple(head))
            yield from (hash(tuple(row)) for row in rows)
    finally:
        csv.field_size_limit(before)


def _parquet(path: Path, columns: Columns) -> Iterator[int]:
    import pyarrow.parquet as pq

    with pq.ParquetFile(path) as file:
        for batch in file.iter_batches(ROWS_PER_GROUP, columns=list(columns)):
            cells = (map(_cell, batch.column(name).to_pylist()) for name in columns)
            yield from map(hash, zip(*cells, strict=True))


_READERS: Mapping[Container, Callable[[Path, Columns], Iterator[int]]] = MappingProxyType(
    {"json list": _list, "jsonl": _lines, "parquet": _parquet, "csv": _csv}
)
