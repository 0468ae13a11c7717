"""JSON lines → one document for each line with a text."""

import json
from collections.abc import Iterator
from pathlib import Path

from curation.documents.block import Document
from curation.documents.caps import text_of
from curation.documents.plain_text import blocks_of_text
from curation.errors import BadFile
from curation.sample import Refusal

FIELDS = ("text", "content", "body", "document", "article")
"""Names of the field that holds the text, the first one that a line has."""


def json_lines(path: Path) -> Iterator[Document | Refusal]:
    """A document for each line; a line that has no text is refused, the others go on.

    Raises:
        BadFile: not UTF-8, empty or over a cap, or no line has a text.
    """
    count = 0
    for number, line in enumerate(text_of(path).split("\n"), start=1):
        if not line.strip():
            continue
        read = _text(line)
        count += isinstance(read, str)
        place = f"{path.name}, line {number}"
        yield Document(place, blocks_of_text(read)) if isinstance(read, str) else Refusal(place, read[0])
    if not count:
        raise BadFile(f"{path.name} has no line with a text. Each line must be an object with a field {_named()}.")


def _text(line: str) -> str | tuple[str]:
    """The text, or the reason why there is none."""
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        return ("it is no JSON",)
    if not isinstance(row, dict):
        return ("it is no object with named fields",)
    found = next((row[name] for name in FIELDS if name in row), None)
    if not isinstance(found, str) or not found.strip():
        return (f"it has no text in a field {_named()}",)
    return found


def _named() -> str:
    return ", ".join(f'"{name}"' for name in FIELDS[:-1]) + f' or "{FIELDS[-1]}"'
