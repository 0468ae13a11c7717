"""A file or a folder → documents."""

from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from pathlib import Path

from curation.documents.block import Document
from curation.documents.caps import MAX_FILES
from curation.documents.html import html
from curation.documents.json_lines import json_lines
from curation.documents.pdf import pdf
from curation.documents.plain_text import markdown, plain_text
from curation.errors import BadFile
from curation.sample import Refusal

READERS: Mapping[str, Callable[[Path], Iterator[Document | Refusal]]] = {
    ".txt": plain_text,
    ".text": plain_text,
    ".md": markdown,
    ".markdown": markdown,
    ".jsonl": json_lines,
    ".ndjson": json_lines,
    ".html": html,
    ".htm": html,
    ".xhtml": html,
    ".pdf": pdf,
}
SUFFIXES = tuple(READERS)
"""The ends of names that are read."""


def read_documents(path: Path) -> Iterator[Document | Refusal]:
    """The documents of a file, or of all files in a folder and the folders in it, in the order of their paths.

    In a folder a file that cannot be read is a Refusal and the others go on; hidden files are passed over, and links
    that lead out of the folder are not followed.

    Raises:
        BadFile: there is nothing there, the file cannot be read, or the folder has no document or too many files.
    """
    if not path.is_dir():
        yield from _reader(path)(path)
        return
    files = list(islice(_files(path), MAX_FILES + 1))
    if len(files) > MAX_FILES:
        raise BadFile(f"{path.name} has more than {MAX_FILES:,} files (cap on files). Choose a smaller folder.")
    if not any(file.suffix.lower() in READERS for file in files):
        raise BadFile(f"{path.name} has no document that can be read ({', '.join(SUFFIXES)}).")
    for file in sorted(files):
        yield from _read_in(path, file)


def _files(folder: Path) -> Iterator[Path]:
    inside = folder.resolve()
    for file in folder.rglob("*"):
        is_hidden = any(part.startswith(".") for part in file.relative_to(folder).parts)
        if not is_hidden and file.is_file() and file.resolve().is_relative_to(inside):
            yield file


def _read_in(folder: Path, file: Path) -> Iterator[Document | Refusal]:
    """The documents of one file of a folder, under their path in it."""
    name = str(file.relative_to(folder))
    try:
        for found in _reader(file)(file):
            yield _placed(found, file.name, name)
    except BadFile as error:
        yield Refusal(name, str(error))


def _placed(found: Document | Refusal, file: str, name: str) -> Document | Refusal:
    if isinstance(found, Refusal):
        return Refusal(found.place.replace(file, name, 1), found.reason)
    return Document(found.name.replace(file, name, 1), found.blocks)


def _reader(path: Path) -> Callable[[Path], Iterator[Document | Refusal]]:
    if not path.is_file():
        raise BadFile(f"There is no file or folder {path}. Check the path.")
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise BadFile(f"{path.name} is not read: only {', '.join(SUFFIXES)} are.")
    return reader
