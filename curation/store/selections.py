"""Choices of samples that took long, by everything that they depend on."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from curation.store.workspace import Workspace, now

KEPT = 12
"""So many are kept, the latest."""

_READ = "SELECT samples, without FROM selections WHERE key = ?"
_WRITE = "INSERT OR REPLACE INTO selections VALUES (?, ?, ?::INTEGER[], ?)"
_FORGET = "DELETE FROM selections WHERE key NOT IN (SELECT key FROM selections ORDER BY made DESC, key LIMIT ?)"


@dataclass(frozen=True, eq=False)
class Choice:
    """The numbers of the samples that were chosen, ascending, and how many could not be, for want of a vector, say."""

    numbers: NDArray[np.int32]
    without: int


def read_choice(workspace: Workspace, key: str) -> Choice | None:
    """A choice that is kept, None where it is not."""
    with workspace.cursor() as cursor:
        rows = cursor.execute(_READ, [key]).fetchall()
    return Choice(np.array(rows[0][0], np.int32), int(rows[0][1])) if rows else None


def write_choice(workspace: Workspace, key: str, made: Choice) -> None:
    """Keep a choice."""
    with workspace.writing() as cursor:
        cursor.execute(_WRITE, [key, now(), made.numbers.tolist(), made.without])
        cursor.execute(_FORGET, [KEPT])
