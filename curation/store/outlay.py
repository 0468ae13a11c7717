"""What people and models took: the seconds between decisions, and the money that runs paid for what they brought."""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from curation.store.workspace import Workspace

# A decision about many at once says nothing about pace, and what a program decided, without a reviewer, nothing either.
_GAPS = """
WITH acts AS (
    SELECT reviewer, min(seq) AS seq, min(made) AS made FROM live
    WHERE reviewer <> '' AND action IN ('accept', 'reject', 'skip') GROUP BY reviewer, step HAVING count(*) = 1),
gaps AS (SELECT reviewer, epoch(made - lag(made) OVER (PARTITION BY reviewer ORDER BY seq)) AS gap FROM acts)
SELECT reviewer, gap FROM gaps WHERE gap BETWEEN 0 AND $pause
"""
# A preview pays for answers that the run after it has for nothing, so it counts with the runs of its method.
_PAID = """
SELECT runs.id, coalesce(sum(cost), 0), count(*) FILTER (cost IS NULL)
FROM outcomes JOIN runs ON runs.id = outcomes.run
WHERE (list_contains($kinds, runs.kind) OR runs.kind = 'preview' AND list_contains($methods, runs.method))
    AND key NOT IN (SELECT key FROM requests WHERE model = $but)
GROUP BY runs.id
"""
# Also what a later run had for nothing, because a run or preview before it had paid for the answer.
_BROUGHT = """
SELECT DISTINCT sample FROM origins
WHERE list_contains($runs, run)
    OR try_cast(prompt_hash AS UUID) IN (SELECT key FROM attempts WHERE list_contains($runs, run))
ORDER BY sample
"""
_JUDGED = "SELECT count(DISTINCT sample) FROM scores WHERE list_contains($runs, run) AND problem = ''"


@dataclass(frozen=True)
class Paid:
    """What runs paid: their ids, US dollars, and attempts whose price is not known, which the dollars leave out."""

    runs: tuple[str, ...]
    dollars: float
    unpriced: int


def read_gaps(workspace: Workspace, pause: float) -> dict[str, NDArray[np.float64]]:
    """By reviewer the seconds between one decision and the next, those of more than `pause` seconds left out."""
    with workspace.cursor() as cursor:
        found = cursor.execute(_GAPS, {"pause": pause}).fetchnumpy()
    names, gaps = np.asarray(found["reviewer"], object), np.asarray(found["gap"], np.float64)
    return {str(name): gaps[names == name] for name in dict.fromkeys(names.tolist())}


def read_paid(workspace: Workspace, kinds: Collection[str], methods: Collection[str], but: str) -> Paid:
    """What the runs of these kinds, and previews of these methods, paid for other models than `but`."""
    with workspace.cursor() as cursor:
        rows = cursor.execute(_PAID, {"kinds": list(kinds), "methods": list(methods), "but": but}).fetchall()
    runs, dollars, unpriced = zip(*rows, strict=True) if rows else ((), (), ())
    return Paid(tuple(runs), float(sum(dollars)), int(sum(unpriced)))


def brought_by(workspace: Workspace, runs: Collection[str]) -> NDArray[np.int32]:
    """Numbers of the samples that came of what these runs asked, ascending."""
    with workspace.cursor() as cursor:
        return np.asarray(cursor.execute(_BROUGHT, {"runs": list(runs)}).fetchnumpy()["sample"], np.int32)


def count_judged(workspace: Workspace, runs: Collection[str]) -> int:
    """How many samples these runs gave a score."""
    with workspace.cursor() as cursor:
        return int(cursor.execute(_JUDGED, {"runs": list(runs)}).fetchall()[0][0])
