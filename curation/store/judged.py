"""What can be judged, who wrote it, and how each judge scored each author."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from curation.facets import Facets
from curation.store.browse import MATCHING, bound_to
from curation.store.together import BY_MODEL, Values
from curation.store.workspace import Workspace

_WITH_TEXTS = (
    MATCHING
    + """
SELECT seq FROM matching
WHERE (regexp_matches(output, '[^[:space:]]') OR NOT list_contains($needs, 'output'))
    AND (regexp_matches(rejected, '[^[:space:]]') OR NOT list_contains($needs, 'rejected'))
ORDER BY seq
"""
)
_LENGTHS = """
SELECT greatest(length(output), 1) AS output, greatest(length(rejected), 1) AS rejected
FROM (SELECT unnest($numbers) AS seq) JOIN samples USING (seq) ORDER BY seq
"""
_AUTHORS = """
SELECT model, count(DISTINCT sample) FROM origins SEMI JOIN (SELECT unnest($numbers) AS sample) USING (sample)
WHERE model <> '' GROUP BY model ORDER BY 2 DESC, 1
"""
# A sample with origins of several models counts for each of them.
_BY_AUTHOR = (
    BY_MODEL
    + """,
authors AS (SELECT DISTINCT sample, model AS author FROM origins),
overall AS (
    SELECT sample, model, avg(value) AS value FROM by_model WHERE list_contains($criteria, criterion) GROUP BY ALL)
SELECT author, model, avg(value), count(*) FROM overall JOIN authors USING (sample)
GROUP BY author, model ORDER BY author = '', author, model
"""
)


@dataclass(frozen=True)
class Cell:
    """Mean score that one judging model gave to the samples of one author, "" for people, and how many they are."""

    author: str
    model: str
    mean: float
    samples: int


def numbers_with(workspace: Workspace, facets: Facets, needs: Sequence[str]) -> list[int]:
    """Numbers of the samples that match and have these texts, of `output` and `rejected`, ascending."""
    with workspace.cursor() as cursor:
        rows = cursor.execute(_WITH_TEXTS, bound_to(facets) | {"needs": list(needs)}).fetchall()
    return [int(row[0]) for row in rows]


def text_lengths(workspace: Workspace, numbers: NDArray[np.int32]) -> tuple[Values, Values]:
    """Characters of the answer and of the rejected answer of these samples, at least 1; numbers ascend."""
    with workspace.cursor() as cursor:
        found = cursor.execute(_LENGTHS, {"numbers": numbers.tolist()}).fetchnumpy()
    return np.asarray(found["output"], np.float64), np.asarray(found["rejected"], np.float64)


def models_behind(workspace: Workspace, numbers: Sequence[int]) -> dict[str, int]:
    """The models that had a part in these samples, with how many samples each, most first."""
    with workspace.cursor() as cursor:
        rows = cursor.execute(_AUTHORS, {"numbers": list(numbers)}).fetchall()
    return {str(model): int(count) for model, count in rows}


def scores_by_author(workspace: Workspace, judge: str, version: str, criteria: Sequence[str]) -> list[Cell]:
    """Mean over these criteria by author and judging model, people last."""
    values = {"judge": judge, "version": version, "criteria": list(criteria)}
    with workspace.cursor() as cursor:
        rows = cursor.execute(_BY_AUTHOR, values).fetchall()
    return [Cell(str(author), str(model), float(mean), int(samples)) for author, model, mean, samples in rows]
