"""Reads the rows of a table: CSV, TSV, JSON lines, a JSON array or Parquet, by the end of its name."""

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import cast

from curation.errors import BadFile, BadRow
from curation.methods import Json

JSON = frozenset({".jsonl", ".ndjson", ".json"})
Rows = Iterator[tuple[int, Json | BadRow]]
"""(number from 1 without the header, row or why it is none)."""


def raw_rows(path: Path) -> Rows:
    """The rows of a file.

    Raises:
        BadFile: the file cannot be read.
    """
    suffix = path.suffix.lower()
    if suffix in JSON:
        return _json_rows(path)
    return _parquet_rows(path) if suffix == ".parquet" else _csv_rows(path)


def _parquet_rows(path: Path) -> Rows:
    import pyarrow as pa
    from pyarrow import parquet

    number = 0
    try:
        with parquet.ParquetFile(path) as file:
            for batch in file.iter_batches():
                for row in batch.to_pylist():
                    number += 1
                    yield number, cast(Json, row)
    except (pa.ArrowException, OSError, ValueError) as error:
        reason = " ".join(str(error).split())[:200]
        raise BadFile(f"{path.name} cannot be read as Parquet: {reason}. Check the path and the file.") from None


def _csv_rows(path: Path) -> Rows:
    text = _decoded(path)
    delimiter = max(",;\t", key=text.split("\n", 1)[0].count)
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for number, row in enumerate(reader, start=1):
            # The reader keeps what is beyond the header under None.
            yield number, BadRow("it has more cells than the header") if None in row else dict(row)
    except csv.Error as error:
        raise BadFile(f"{path.name}, line {reader.line_num}: not a table that can be read ({error}).") from None


def _json_rows(path: Path) -> Rows:
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
