"""The guidelines for reviewers, in versions 1, 2, 3 …; a version is never changed."""

from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from curation.store.workspace import Workspace, now

_ALL = "SELECT version, text, reviewer, made FROM guidelines ORDER BY version DESC"
_LATEST = f"{_ALL} LIMIT 1"
_ADD = "INSERT INTO guidelines (version, text, reviewer, made) VALUES (?, ?, ?, ?)"
_BEHIND = """
SELECT live.sample FROM live JOIN settled USING (sample) WHERE action IN ('accept', 'reject') AND reviewer <> ''
GROUP BY live.sample HAVING arg_max(guideline, seq) < (SELECT coalesce(max(version), 0) FROM guidelines)
ORDER BY live.sample
"""


@dataclass(frozen=True)
class Guidelines:
    """One version: Markdown, who wrote it and when (UTC)."""

    version: int
    text: str
    reviewer: str
    made: datetime


def read_guidelines(workspace: Workspace) -> Guidelines | None:
    """The version in force, None where nobody has written any."""
    rows = workspace.execute(_LATEST)
    return _one(rows[0]) if rows else None


def list_guidelines(workspace: Workspace) -> list[Guidelines]:
    """All versions, newest first."""
    return [_one(row) for row in workspace.execute(_ALL)]


def add_guidelines(workspace: Workspace, text: str, reviewer: str) -> int:
    """Put a text in force and give its version; the text that is in force already stays as it is."""
    with workspace.writing() as cursor:
        before = read_guidelines(workspace)
        if before and before.text == text:
            return before.version
        version = before.version + 1 if before else 1
        cursor.execute(_ADD, [version, text, reviewer, now()])
    return version


def decided_before(workspace: Workspace) -> NDArray[np.int32]:
    """Samples whose decision was made under an earlier version and that are not asked again yet, ascending."""
    with workspace.cursor() as cursor:
        return np.asarray(cursor.execute(_BEHIND).fetchnumpy()["sample"], np.int32)


def _one(row: tuple[object, ...]) -> Guidelines:
    version, text, reviewer, made = row
    assert isinstance(made, datetime)
    return Guidelines(int(str(version)), str(text), str(reviewer), made)
