"""The manifest of an earlier export, read back."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from curation.errors import BadFile
from curation.methods import Json

LARGEST = 50_000_000
"""Bytes; a manifest is some kilobytes, so a larger file is something else."""


class Options(BaseModel):
    """What was asked for, besides the recipe.

    Args:
        name: of the data set.
        formats: names of formats, in order.
        states: accepted and kept, or accepted alone.
        licence: as the card states it.
        practice: whether text of the practice model went with the rest.
        text: plain text instead of messages, in the formats that have both.
        traced: whether each row says where its sample came from.
        overrides: (check of the gate, reason for going on all the same).
        by: who gave these reasons.
        at: when.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    name: str
    formats: Annotated[tuple[str, ...], Field(min_length=1)]
    states: Annotated[tuple[Literal["accepted", "kept"], ...], Field(min_length=1)]
    licence: str
    practice: bool
    text: bool
    traced: bool
    overrides: tuple[tuple[str, str], ...] = ()
    by: str = ""
    at: str = ""


class File(BaseModel):
    """One file of an export."""

    model_config = ConfigDict(frozen=True)

    sha256: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]


class Earlier(BaseModel):
    """What making an export again needs of its manifest.

    Args:
        recipe: the recipe file as text.
        options: what was asked for.
        files: path in the folder → its hash.
    """

    model_config = ConfigDict(frozen=True)

    recipe: str
    options: Options
    files: dict[str, File]

    @field_validator("files")
    @classmethod
    def _inside(cls, files: dict[str, File]) -> dict[str, File]:
        """A manifest that somebody sent must not make us read files elsewhere (T13)."""
        for path in files:
            parts = PurePosixPath(path).parts
            if not parts or path.startswith("/") or ".." in parts or "\\" in path or "\0" in path:
                raise ValueError(f"{path!r} is not a path inside the folder of the export")
        return files


@dataclass(frozen=True)
class Read:
    """A manifest that was read.

    Args:
        path: the file.
        needed: what making the export again needs.
        content: all of it.
        sha256: of the file.
    """

    path: Path
    needed: Earlier
    content: Mapping[str, Json]
    sha256: str


def read_manifest(path: Path) -> Read:
    """Read `manifest.json` of an export.

    Raises:
        BadFile: there is no such file, or it is no manifest of Sift; the message says what is wrong in it.
    """
    try:
        if path.stat().st_size > LARGEST:
            raise BadFile(f"{path} is too large for a manifest of Sift.")
        data = path.read_bytes()
    except OSError as error:
        raise BadFile(f"{path} cannot be read: {error.strerror}. Name the manifest.json of an export.") from error
    try:
        content = json.loads(data)
        earlier = Earlier.model_validate_json(data)
    except ValidationError as error:
        raise BadFile(f"{path} is not a manifest that an export can be made again from: {_worded(error)}.") from error
    except (ValueError, RecursionError) as error:
        raise BadFile(f"{path} is not a manifest of Sift: it is not valid JSON ({error}).") from error
    return Read(path, earlier, content, hashlib.sha256(data).hexdigest())


def _worded(error: ValidationError) -> str:
    """The first mistake with its place."""
    first = error.errors(include_url=False)[0]
    place = ".".join(map(str, first["loc"])) or "the whole"
    said = "is missing" if first["type"] == "missing" else first["msg"].removeprefix("Value error, ")
    return f'"{place}": {said}' if first["type"] != "missing" else f'"{place}" is missing'
