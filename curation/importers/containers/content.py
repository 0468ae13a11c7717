"""What a file is, by its content alone: a name proves nothing (T11)."""

import zipfile
from pathlib import Path
from typing import Literal

from curation.errors import BadFile
from curation.importers.containers.delimited import delimiter_of
from curation.importers.containers.text import HEAD, decoded, opened

Kind = Literal["JSON array", "JSON lines", "CSV", "TSV", "Parquet", "Excel"]

REFUSED: tuple[tuple[bytes, str], ...] = (
    (b"\x80\x02", "a Python pickle, which could run code"),
    (b"\x80\x03", "a Python pickle, which could run code"),
    (b"\x80\x04", "a Python pickle, which could run code"),
    (b"\x80\x05", "a Python pickle, which could run code"),
    (b"\x93NUMPY", "a NumPy array"),
    (b"BZh", "compressed with bzip2; unpack it, or use gzip"),
    (b"\xfd7zXZ", "compressed with xz; unpack it, or use gzip"),
    (b"\x28\xb5\x2f\xfd", "compressed with zstd; unpack it, or use gzip"),
    (b"x\x9c", "compressed data (zlib), as joblib writes it around a pickle, which could run code"),
    (b"\xd0\xcf\x11\xe0", "an old Excel or Word file; save it as .xlsx"),
    (b"\x89HDF", "an HDF5 file"),
    (b"ARROW1", "an Arrow file; give the folder that save_to_disk wrote, or save it as Parquet"),
    (b"%PDF", "a PDF"),
    (b"\xff\xfe", "UTF-16 text; save it as UTF-8"),
    (b"\xfe\xff", "UTF-16 text; save it as UTF-8"),
    (b"version https://git-lfs.github.com/spec/", "a Git LFS pointer, not the data; run `git lfs pull` to get it"),
)
WHAT_IS_READ = "Sift reads JSON, JSON lines, CSV, TSV (all also as gzip), Parquet and Excel (.xlsx)."


def recognise_file(path: Path) -> Kind:
    """The container of a file.

    Raises:
        BadFile: nothing that can be read; says what it is instead and what to do.
    """
    with path.open("rb") as raw:
        magic = raw.read(4)
    if magic == b"PAR1":
        return "Parquet"
    if magic == b"PK\x03\x04":
        return recognise_zip(path)
    with opened(path) as stream:
        head = stream.read(HEAD)
    refuse_binary(head, path.name)
    return recognise_text(head, path.name)


def recognise_zip(path: Path) -> Kind:
    """Excel, or a refusal: NumPy and PyTorch files are zip files too."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise BadFile(f"{path.name} is a damaged zip or Excel file ({error}).") from error
    if "xl/workbook.xml" in names:
        return "Excel"
    if any(name.endswith("data.pkl") for name in names):
        raise BadFile(f"{path.name} is a PyTorch file, which could run code; it was not opened. {WHAT_IS_READ}")
    if any(name.endswith(".npy") for name in names):
        raise BadFile(f"{path.name} is a NumPy archive (.npz); it was not opened. {WHAT_IS_READ}")
    raise BadFile(f"{path.name} is a zip file. Unpack it and import the files in it. {WHAT_IS_READ}")


def refuse_binary(head: bytes, name: str) -> None:
    """Refuse what is known not to be rows of text."""
    for magic, what in REFUSED:
        if head.startswith(magic):
            raise BadFile(f"{name} is {what}. It was not opened. {WHAT_IS_READ}")
    if not head.strip():
        raise BadFile(f"{name} is empty.")
    if head[257:262] == b"ustar":
        raise BadFile(f"{name} is a tar archive. Unpack it and import the files in it. {WHAT_IS_READ}")


def recognise_text(head: bytes, name: str) -> Kind:
    """JSON by its first character, else a table by its first line."""
    first = head.lstrip()[:1]
    if first == b"[":
        return "JSON array"
    if first == b"{":
        if head.lstrip().splitlines()[0].strip() == b"{":
            raise BadFile(
                f"{name} is one JSON object over several lines, not rows. "
                "Put the rows in a list: [ … ], or write one object per line."
            )
        return "JSON lines"
    if head.startswith((b"<<<<<<< ", b"=======\n", b">>>>>>> ")):
        raise BadFile(f"{name}, line 1: a merge-conflict marker of Git. Resolve the conflict, then try again.")
    decoded(head[: head.rfind(b"\n") + 1], name, 1)
    delimiter = delimiter_of(head, name)
    if delimiter is None:
        raise BadFile(f"{name} holds no rows that can be told apart. {WHAT_IS_READ}")
    return "TSV" if delimiter == "\t" else "CSV"
