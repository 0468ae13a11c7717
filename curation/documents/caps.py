"""How much one document may take: what is larger is refused with the name of the cap, never tried (T12)."""

from pathlib import Path

from curation.errors import BadFile

MAX_BYTES = 64 * 1024**2
"""Bytes of one file."""
MAX_FILES = 10_000
"""Files of one folder."""
MAX_PAGES = 5_000
"""Pages of one PDF."""
MAX_UNPACKED = 32 * 1024**2
"""Bytes of page descriptions of one PDF, unpacked; text alone stays far below."""
MAX_STREAM = 8 * 1024**2
"""Bytes of one stream of a PDF, unpacked."""
_BINARY_LOOK = 1 << 16


def content(path: Path) -> bytes:
    """The bytes of a file.

    Raises:
        BadFile: it cannot be read, is empty, or is over the cap on bytes.
    """
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        raise BadFile(f"{path.name} cannot be read ({error}). Check the path.") from None
    if len(data) > MAX_BYTES:
        raise BadFile(f"{path.name} is larger than {MAX_BYTES:,} bytes (cap on bytes). Split it into smaller files.")
    if not data.strip():
        raise BadFile(f"{path.name} is empty.")
    return data


def text_of(path: Path) -> str:
    """The text of a file.

    Raises:
        BadFile: as for `content`, or it is no UTF-8 text.
    """
    data = content(path)
    refuse_binary(path, data)
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        raise BadFile(
            f"{path.name} is not UTF-8 text: byte {error.start + 1} cannot be read. Save it as UTF-8."
        ) from None


def refuse_binary(path: Path, data: bytes) -> None:
    """Refuse what a text cannot hold, so that an archive or a pickle under another name is not taken for one.

    Raises:
        BadFile: there is a NUL near its start.
    """
    if b"\0" in data[:_BINARY_LOOK]:
        raise BadFile(f"{path.name} is no text, whatever its name says: it holds binary data. It was not opened.")
