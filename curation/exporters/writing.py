"""Rows → one file, streamed: UTF-8, line feeds, on the disk when the call returns."""

import csv
import hashlib
import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple, TextIO

from curation.errors import BadInput
from curation.exporters.file_format import Columns, Container
from curation.methods import Row

ROWS_PER_GROUP = 5_000
"""Rows held at once while Parquet is written."""


class Written(NamedTuple):
    """What a file holds; sha256 is of its bytes, as `sha256sum` prints it."""

    rows: int
    bytes: int
    sha256: str


def write_rows(path: Path, container: Container, columns: Columns, rows: Iterable[Row]) -> Written:
    """Write rows into a new file and wait until the disk has them.

    Every row has exactly the given columns, with text or lists of text and never null: a reader that guesses types
    from the first rows then guesses the same for every split. Never holds more than `ROWS_PER_GROUP` rows.

    Raises:
        FileExistsError: the file is there already.
        BadInput: text that cannot be written as UTF-8 (half of a character).
    """
    counted = _Counted(rows)
    try:
        _WRITERS[container](path, columns, counted)
    except UnicodeEncodeError as error:
        raise BadInput(
            f"{path.name}, within the first {counted.count} rows: a text holds half of a character "
            f"(U+{ord(error.object[error.start]):04X}, a lone surrogate), which no trainer reads. "
            "Reject that sample or import it again."
        ) from error
    with path.open("r+b") as file:
        os.fsync(file.fileno())
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return Written(counted.count, path.stat().st_size, digest)


class _Counted:
    """Rows that know how many of them were taken."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self.rows = rows
        self.count = 0

    def __iter__(self) -> Iterator[Row]:
        for row in self.rows:
            self.count += 1
            yield row


@contextmanager
def _text_file(path: Path, encoding: str = "utf-8") -> Iterator[TextIO]:
    """A new text file that keeps every line end as it is."""
    with path.open("x", encoding=encoding, newline="") as file:
        yield file


_ENCODER = json.JSONEncoder(ensure_ascii=False, allow_nan=False)


def as_line(row: Row) -> str:
    """A row as one line of JSON with every character as it is."""
    return _ENCODER.encode(row)


def _write_jsonl(path: Path, _: Columns, rows: Iterable[Row]) -> None:
    with _text_file(path) as file:
        file.writelines(f"{as_line(row)}\n" for row in rows)


def _write_json_list(path: Path, _: Columns, rows: Iterable[Row]) -> None:
    with _text_file(path) as file:
        before = "[\n"
        for row in rows:
            file.write(f"{before}{as_line(row)}")
            before = ",\n"
        file.write("[]\n" if before == "[\n" else "\n]\n")


def _write_csv(path: Path, columns: Columns, rows: Iterable[Row]) -> None:
    # with a byte order mark, without which Excel takes UTF-8 for the system's old code page
    with _text_file(path, "utf-8-sig") as file:
        writer = csv.writer(file, lineterminator="\n", quoting=csv.QUOTE_ALL)
        writer.writerow(columns)
        writer.writerows([row[name] for name in columns] for row in rows)


def _write_parquet(path: Path, columns: Columns, rows: Iterable[Row]) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    text = pa.string()
    messages = pa.list_(pa.struct([("role", text), ("content", text)]))
    kinds = {
        "text": text,
        "messages": messages,
        "turns": pa.list_(pa.struct([("from", text), ("value", text)])),
        "history": pa.list_(pa.list_(text)),
        "request": pa.struct([("messages", messages)]),
        "flag": pa.bool_(),
        "names": pa.list_(text),
    }
    schema = pa.schema([(name, kinds[kind]) for name, kind in columns.items()])
    waiting = iter(rows)
    with path.open("xb") as file, pq.ParquetWriter(file, schema) as writer:
        while group := list(islice(waiting, ROWS_PER_GROUP)):
            writer.write_table(pa.Table.from_pylist(group, schema))


_WRITERS: Mapping[Container, Callable[[Path, Columns, Iterable[Row]], None]] = MappingProxyType(
    {"json list": _write_json_list, "jsonl": _write_jsonl, "parquet": _write_parquet, "csv": _write_csv}
)
