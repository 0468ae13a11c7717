"""What stands in a file of an export, read back row by row."""

import csv
import sys
from collections.abc import Callable, Iterator, Mapping
from hashlib import blake2b
from pathlib import Path
from types import MappingProxyType

from curation.exporters.file_format import Columns, Container
from curation.exporters.writing import ROWS_PER_GROUP, as_line
from curation.methods import Row


def row_key(row: Row, columns: Columns) -> int:
    """64 bits that stand for a row, whatever container it is in."""
    return _key(as_line({name: row[name] for name in columns}).encode())


def written_keys(path: Path, container: Container, columns: Columns) -> Iterator[int]:
    """The key of every row of a written file, in order; never holds more than a block of rows."""
    return _READERS[container](path, columns)


def _key(line: bytes) -> int:
    return int.from_bytes(blake2b(line, digest_size=8).digest(), "little")


def _lines(path: Path, _: Columns) -> Iterator[int]:
    with path.open("rb") as file:
        yield from (_key(line.rstrip(b"\n")) for line in file)


def _list(path: Path, _: Columns) -> Iterator[int]:
    """A list has a row in each line but for the brackets."""
    with path.open("rb") as file:
        yield from (_key(line.rstrip(b"\n").removesuffix(b",")) for line in file if line.startswith(b"{"))


def _csv(path: Path, columns: Columns) -> Iterator[int]:
    before = csv.field_size_limit(sys.maxsize)
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            yield from (row_key(row, columns) for row in csv.DictReader(file))
    finally:
        csv.field_size_limit(before)


def _parquet(path: Path, columns: Columns) -> Iterator[int]:
    import pyarrow.parquet as pq

    with pq.ParquetFile(path) as file:
        for batch in file.iter_batches(ROWS_PER_GROUP):
            yield from (row_key(row, columns) for row in batch.to_pylist())


_READERS: Mapping[Container, Callable[[Path, Columns], Iterator[int]]] = MappingProxyType(
    {"json list": _list, "jsonl": _lines, "parquet": _parquet, "csv": _csv}
)
