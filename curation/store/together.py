"""What several models made of each sample, by one version of a judge, taken together."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from curation.store.workspace import Workspace

Numbers = NDArray[np.int32]
Values = NDArray[np.float64]

# By model first: shown in both orders, a verdict counts where the orders agree and is 0 (a tie) where they do not.
BY_MODEL = """
WITH latest AS (
    SELECT sample, criterion, model, shown, arg_max(value, rowid) AS value FROM scores
    WHERE judge = $judge AND version = $version AND problem = '' GROUP BY ALL),
by_model AS (
    SELECT sample, criterion, model, min(value) <> max(value) AS split,
        CASE WHEN min(value) = max(value) THEN min(value) ELSE 0 END AS value
    FROM latest GROUP BY ALL HAVING min(shown) = '' OR count(*) = 2)
"""
# Several values with equally many votes count as their mean.
_TOGETHER = (
    BY_MODEL
    + """,
counted AS (SELECT sample, criterion, value, count(*) AS votes FROM by_model GROUP BY ALL),
voted AS (
    SELECT sample, criterion, avg(value) AS vote FROM counted
    WHERE (sample, criterion, votes) IN (SELECT (sample, criterion, max(votes)) FROM counted GROUP BY sample, criterion)
    GROUP BY ALL)
SELECT criterion, sample, avg(value) AS mean, median(value) AS median, any_value(vote) AS vote,
    max(value) - min(value) AS spread, count(*) AS models, bool_or(split) AS split
FROM by_model JOIN voted USING (sample, criterion) GROUP BY criterion, sample ORDER BY criterion, sample
"""
)


@dataclass(frozen=True)
class Together:
    """The values of one criterion over all models that judged, one entry per sample, by ascending number.

    Args:
        numbers: the samples.
        mean: over models.
        median: over models.
        vote: the value that most models gave.
        spread: highest less lowest; 0 where there is one model.
        models: how many.
        split: whether a model changed its mind when the order of two answers was swapped.
    """

    numbers: Numbers
    mean: Values
    median: Values
    vote: Values
    spread: Values
    models: Numbers
    split: NDArray[np.bool_]


def read_together(workspace: Workspace, judge: str, version: str) -> dict[str, Together]:
    """The values of every criterion of one version, by criterion."""
    with workspace.cursor() as cursor:
        fetched = cursor.execute(_TOGETHER, {"judge": judge, "version": version}).fetchnumpy()
    found = {name: np.asarray(np.ma.filled(np.ma.asarray(column))) for name, column in fetched.items()}
    names = found["criterion"]
    return {str(name): _together(found, names == name) for name in dict.fromkeys(names.tolist())}


def _together(found: Mapping[str, NDArray[np.generic]], where: NDArray[np.bool_]) -> Together:
    def column(name: str) -> Values:
        return np.asarray(found[name][where], np.float64)

    return Together(
        np.asarray(found["sample"][where], np.int32),
        column("mean"),
        column("median"),
        column("vote"),
        column("spread"),
        np.asarray(found["models"][where], np.int32),
        np.asarray(found["split"][where], np.bool_),
    )
