"""Parquet, a batch of rows at a time."""

from collections.abc import Iterator
from pathlib import Path

from curation.errors import BadFile
from curation.importers.caps import MAX_BYTES, MAX_COLUMNS
from curation.importers.containers.plain import plain
from curation.importers.rows import Item, checked

BATCH_BYTES = 512 * 1024**2
BATCH_ROWS = 1000


def parquet(path: Path) -> Iterator[Item]:
    """Every row of a Parquet file.

    A dictionary page can make one long text out of a byte per row, so rows are taken in batches that stay
    under BATCH_BYTES even if every row held the largest text that the file can hold.

    Raises:
        BadFile: damaged, or over a cap.
    """
    import pyarrow as pa
    from pyarrow import parquet as pq

    number = given = 0
    try:
        with pq.ParquetFile(path) as file:
            for batch in file.iter_batches(batch_size=batch_rows(file.metadata, path.name)):
                given += batch.nbytes
                refuse_large(given, path.name)
                for row in batch.to_pylist():
                    number += 1
                    yield checked(f"row {number}", plain(row))
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
        raise BadFile(f"{path.name}, after row {number}: the Parquet file is damaged ({error}).") from error


def batch_rows(metadata: object, name: str) -> int:
    """How many rows may be unpacked at once, by what the file says of its column chunks."""
    from pyarrow.parquet import FileMetaData

    assert isinstance(metadata, FileMetaData)
    if metadata.num_columns > MAX_COLUMNS:
        raise BadFile(f"{name}: {metadata.num_columns:,} columns, {MAX_COLUMNS:,} are allowed (cap on columns).")
    sizes = [
        metadata.row_group(group).column(column).total_uncompressed_size
        for group in range(metadata.num_row_groups)
        for column in range(metadata.num_columns)
    ]
    refuse_large(sum(sizes), name)
    largest: int = max([1, *sizes])
    return max(1, min(BATCH_ROWS, BATCH_BYTES // largest))


def refuse_large(size: int, name: str) -> None:
    """Refuse what unpacks to more than the cap."""
    if size > MAX_BYTES:
        raise BadFile(f"{name} is too large (cap on bytes: {MAX_BYTES:,}). Split it into smaller files.")
