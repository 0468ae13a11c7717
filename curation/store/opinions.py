"""What each person says of a sample, side by side, and what an expert said finally."""

from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from curation.store.workspace import Workspace

_SHARED = """
SELECT sample, reviewer, action = 'accept' AS accepted FROM opinions
WHERE $round = 0 OR sample IN (SELECT sample FROM round_samples WHERE round = $round)
"""
_OF_SAMPLE = "SELECT reviewer, action, reason, made FROM opinions WHERE sample = ? ORDER BY seq"
_SETTLED = "SELECT reviewer, action, reason, made FROM settlements WHERE sample = ?"
_CONFLICTS = "SELECT sample FROM conflicts ORDER BY sample"


@dataclass(frozen=True)
class Opinion:
    """What one person says: `accept` or `reject`, why (may be ""), when (UTC)."""

    reviewer: str
    action: str
    reason: str
    made: datetime


@dataclass(frozen=True)
class Shared:
    """Everybody's opinions.

    Args:
        reviewers: by name.
        samples: numbers, ascending.
        opinions: shape (reviewers, samples): 1 accept, 0 reject, NaN for nothing said.
    """

    reviewers: list[str]
    samples: NDArray[np.int64]
    opinions: NDArray[np.float64]


def read_shared(workspace: Workspace, number: int = 0) -> Shared:
    """The opinions on all samples, or on those of one round."""
    with workspace.cursor() as cursor:
        found = cursor.execute(_SHARED, {"round": number}).fetchnumpy()
    reviewers, row = np.unique(np.asarray(found["reviewer"], dtype=str), return_inverse=True)
    samples, column = np.unique(np.asarray(found["sample"], np.int64), return_inverse=True)
    opinions = np.full((len(reviewers), len(samples)), np.nan)
    opinions[row, column] = np.asarray(found["accepted"], np.float64)
    return Shared([str(name) for name in reviewers], samples, opinions)


def opinions_of(workspace: Workspace, sample: int) -> list[Opinion]:
    """What each person says of one sample, the first to say so first."""
    return [_opinion(row) for row in workspace.execute(_OF_SAMPLE, sample)]


def settlement_of(workspace: Workspace, sample: int) -> Opinion | None:
    """What an expert said finally of one sample."""
    found = workspace.execute(_SETTLED, sample)
    return _opinion(found[0]) if found else None


def read_conflicts(workspace: Workspace) -> list[int]:
    """Samples of rounds on which people disagree and no expert has spoken, by number."""
    return [int(str(row[0])) for row in workspace.execute(_CONFLICTS)]


def _opinion(row: tuple[object, ...]) -> Opinion:
    reviewer, action, reason, made = row
    assert isinstance(made, datetime)
    return Opinion(str(reviewer), str(action), str(reason), made)
