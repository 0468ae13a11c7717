"""Bytes of a text file, plain or gzip, as UTF-8 lines; never more than the caps allow in memory."""

import gzip
import io
import zlib
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from curation.errors import BadFile
from curation.importers.caps import MAX_BYTES, MAX_LINE_BYTES, MAX_RATIO, MAX_WHOLE_BYTES, RATIO_FLOOR

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

BOM = b"\xef\xbb\xbf"
GZIP = b"\x1f\x8b"
HEAD = 1 << 16
"""Bytes that are looked at to recognise a file."""


class Capped(io.RawIOBase):
    """The bytes of a file after decompression, up to the caps.

    Raises:
        BadFile: while reading, when a cap is passed or the compressed data is damaged.
    """

    def __init__(self, path: Path) -> None:
        """Open the file and look whether it is compressed."""
        super().__init__()
        self._name = path.name
        self._given = 0
        self._stack = ExitStack()
        source: BinaryIO = self._stack.enter_context(path.open("rb"))
        self._is_compressed = source.read(2) == GZIP
        source.seek(0)
        self._allowed = MAX_BYTES
        self._cap = f"cap on bytes: {MAX_BYTES:,}"
        if self._is_compressed:
            by_ratio = max(RATIO_FLOOR, MAX_RATIO * path.stat().st_size)
            if by_ratio < MAX_BYTES:
                self._allowed, self._cap = by_ratio, f"cap on the compression ratio: {MAX_RATIO} times"
            self._source: BinaryIO | gzip.GzipFile = self._stack.enter_context(gzip.GzipFile(fileobj=source))
        else:
            self._source = source

    def readable(self) -> bool:
        """Yes; the wrapping buffer asks."""
        return True

    def readinto(self, buffer: "WriteableBuffer", /) -> int:
        """Fill the buffer; called by the wrapping buffer only."""
        view = memoryview(buffer)
        try:
            data = self._source.read(len(view))
        except (EOFError, gzip.BadGzipFile, zlib.error) as error:
            raise BadFile(
                f"{self._name} is cut short or damaged after {self._given:,} unpacked bytes ({error}). "
                "Download or compress it again."
            ) from error
        self._given += len(data)
        if self._given > self._allowed:
            raise BadFile(f"{self._name} is too large ({self._cap}). Split it into smaller files.")
        view[: len(data)] = data
        return len(data)

    def close(self) -> None:
        """Close what was opened."""
        self._stack.close()
        super().close()


def opened(path: Path) -> io.BufferedIOBase:
    """The unpacked bytes of a file, buffered; a byte order mark is left out."""
    stream = io.BufferedReader(Capped(path), 1 << 18)
    if stream.peek(3)[:3] == BOM:
        stream.read(3)
    return stream


def lines(path: Path) -> Iterator[tuple[int, str | None]]:
    """Every line with its number from 1; None stands for a line over the cap on one line.

    Raises:
        BadFile: not UTF-8, damaged or over a cap.
    """
    with opened(path) as stream:
        number = 0
        while line := stream.readline(MAX_LINE_BYTES + 1):
            number += 1
            if len(line) > MAX_LINE_BYTES:
                skip_line(stream, line)
                yield number, None
            else:
                yield number, decoded(line, path.name, number)


def skip_line(stream: io.BufferedIOBase, line: bytes) -> None:
    """Read on to the end of a line without keeping it."""
    while line and not line.endswith(b"\n"):
        line = stream.readline(MAX_LINE_BYTES)


def whole(path: Path) -> str:
    """The whole text of a file that cannot be read in parts.

    Raises:
        BadFile: not UTF-8, damaged or over a cap.
    """
    with opened(path) as stream:
        data = stream.read(MAX_WHOLE_BYTES + 1)
    if len(data) > MAX_WHOLE_BYTES:
        raise BadFile(
            f"{path.name} is one JSON array of more than {MAX_WHOLE_BYTES:,} bytes (cap on files read whole). "
            "Write one object per line instead (JSON lines): that is read row by row."
        )
    return decoded(data, path.name, 1)


def decoded(data: bytes, name: str, first_line: int) -> str:
    """Bytes as text, or the line and byte that are not UTF-8."""
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        line = first_line + data.count(b"\n", 0, error.start)
        column = error.start - data.rfind(b"\n", 0, error.start)
        raise BadFile(
            f"{name}, line {line}: byte {column} is 0x{data[error.start]:02x}, which is not UTF-8. "
            "Save the file as UTF-8 and try again."
        ) from error
