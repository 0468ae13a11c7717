"""What a check of judges against people reads: ratings, both orders of pairs, and what was asked twice."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from curation.store.workspace import Workspace

_RATINGS = """
SELECT sample, avg(rating) AS rating FROM ratings WHERE reviewer <> '' AND rating IS NOT NULL
GROUP BY sample ORDER BY sample
"""
# Values of pairs are above 0 where the chosen answer is the better one, whichever was shown first.
_SWAPS = """
WITH latest AS (
    SELECT sample, criterion, model, shown, arg_max(value, rowid) AS value FROM scores
    WHERE judge = $judge AND version = $version AND problem = '' AND shown <> '' GROUP BY ALL),
paired AS (
    SELECT criterion, model, max(value) FILTER (shown = 'chosen') AS first,
        max(value) FILTER (shown = 'rejected') AS second
    FROM latest GROUP BY sample, criterion, model HAVING count(*) = 2)
SELECT criterion, model, count(*), count(*) FILTER (first > second), count(*) FILTER (first < second)
FROM paired GROUP BY criterion, model ORDER BY criterion, model
"""
# The same question again is answered from the ledger and says nothing; another request is another answer.
_RETESTS = """
WITH asked AS (
    SELECT criterion, sample, model, shown, request, arg_max(value, rowid) AS value, max(rowid) AS place FROM scores
    WHERE judge = $judge AND version = $version AND problem = '' GROUP BY ALL)
SELECT criterion, arg_min(value, place) AS first, arg_max(value, place) AS last FROM asked
GROUP BY criterion, sample, model, shown HAVING count(*) > 1 ORDER BY criterion, sample, model, shown
"""


@dataclass(frozen=True)
class Swaps:
    """What one model made of pairs that it saw in both orders.

    Args:
        model: which model.
        pairs: how many it saw in both orders.
        to_first: of those, the ones of which it liked each answer better when it was shown first.
        to_second: the ones of which it liked each answer better when it was shown second.
    """

    model: str
    pairs: int
    to_first: int
    to_second: int

    @property
    def flipped(self) -> int:
        """Pairs on which the two orders disagree."""
        return self.to_first + self.to_second


def read_ratings(workspace: Workspace) -> tuple[NDArray[np.int32], NDArray[np.float64]]:
    """Numbers of the samples that people rated, ascending, and the mean of each over reviewers, 1 to 5."""
    with workspace.cursor() as cursor:
        found = cursor.execute(_RATINGS).fetchnumpy()
    return np.asarray(found["sample"], np.int32), np.asarray(found["rating"], np.float64)


def read_swaps(workspace: Workspace, judge: str, version: str) -> dict[str, list[Swaps]]:
    """By criterion, what each model made of swapped pairs."""
    with workspace.cursor() as cursor:
        rows = cursor.execute(_SWAPS, {"judge": judge, "version": version}).fetchall()
    found: dict[str, list[Swaps]] = {}
    for criterion, *counts in rows:
        found.setdefault(str(criterion), []).append(Swaps(*counts))
    return found


def read_retests(workspace: Workspace, judge: str, version: str) -> dict[str, NDArray[np.float64]]:
    """By criterion, the first and the last value of what a model was asked twice, of shape (n, 2)."""
    with workspace.cursor() as cursor:
        found = cursor.execute(_RETESTS, {"judge": judge, "version": version}).fetchnumpy()
    names = np.asarray(found["criterion"])
    both = np.column_stack([np.asarray(found["first"], np.float64), np.asarray(found["last"], np.float64)])
    return {str(name): both[names == name] for name in dict.fromkeys(names.tolist())}
