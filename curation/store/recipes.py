"""The recipe in force and the ones before it. Applying one is one row and the rules that the views read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from curation.store.workspace import Workspace, now

Bound = tuple[str, float | None, float | None, tuple[str, ...], str, tuple[str, ...]]
"""(signal, least, most, labels to keep, what its condition looks at or "", the labels that meet it)"""

_NEXT = "SELECT coalesce(max(seq), 0) + 1 FROM recipes"
_ADD = "INSERT INTO recipes VALUES (?, ?, ?, ?, ?)"
_CLEAR = "DELETE FROM rules"
_RULE = "INSERT INTO rules VALUES (?, ?, ?, ?, ?, ?, ?)"
_LATEST = "SELECT seq, name, text, reviewer, made FROM recipes ORDER BY seq DESC LIMIT ?"
_WRITE_EXPORT = "INSERT INTO exports VALUES (?, ?, ?, ?, ?, ?)"
_WRITE_EXPORTED = "INSERT INTO export_samples SELECT ?, unnest(?)"
_READ_EXPORTED = "SELECT sample FROM export_samples WHERE export = ? ORDER BY sample"
_EXPORTS = "SELECT id, folder, sample_count, sha256, recipe, made FROM exports ORDER BY rowid DESC"


@dataclass(frozen=True)
class Kept:
    """A recipe as it was applied: its text is the TOML file."""

    seq: int
    name: str
    text: str
    reviewer: str
    made: datetime


@dataclass(frozen=True)
class Exported:
    """One finished export."""

    id: str
    folder: str
    samples: int
    sha256: str
    recipe: str
    made: datetime


def write_recipe(workspace: Workspace, name: str, text: str, reviewer: str, bounds: Sequence[Bound]) -> None:
    """Put a recipe in force; `bounds` are its rules in order."""
    with workspace.writing() as cursor:
        seq = cursor.execute(_NEXT).fetchall()[0][0]
        cursor.execute(_ADD, [seq, name, text, reviewer, now()])
        cursor.execute(_CLEAR)
        for position, (signal, least, most, words, when, cases) in enumerate(bounds):
            cursor.execute(_RULE, [position, signal, least, most, list(words), when, list(cases)])


def latest_recipes(workspace: Workspace, limit: int = 1) -> list[Kept]:
    """The recipes that were applied last, the one in force first."""
    found = []
    for seq, name, text, reviewer, made in workspace.execute(_LATEST, limit):
        assert isinstance(made, datetime)
        found.append(Kept(int(str(seq)), str(name), str(text), str(reviewer), made))
    return found


def write_export(workspace: Workspace, export: Exported, numbers: Sequence[int]) -> None:
    """Note a finished export and which samples went into it."""
    values = [export.id, export.folder, export.samples, export.sha256, export.recipe, export.made]
    with workspace.writing() as cursor:
        cursor.execute(_WRITE_EXPORT, values)
        cursor.execute(_WRITE_EXPORTED, [export.id, list(numbers)])


def exported_numbers(workspace: Workspace, export: str) -> list[int]:
    """Numbers of the samples that went into an export, ascending; none where it was made before that was noted."""
    return [int(str(number)) for (number,) in workspace.execute(_READ_EXPORTED, export)]


def read_exports(workspace: Workspace) -> list[Exported]:
    """Finished exports, the one written last first, whatever the clock said."""
    found = []
    for key, folder, samples, sha256, recipe, made in workspace.execute(_EXPORTS):
        assert isinstance(made, datetime)
        found.append(Exported(str(key), str(folder), int(str(samples)), str(sha256), str(recipe), made))
    return found
