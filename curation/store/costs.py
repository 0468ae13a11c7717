"""What runs took: seconds at work and money, by kind."""

from collections.abc import Sequence
from dataclasses import dataclass

from curation.store.workspace import Workspace

# NaN, the cost where no price is known, makes the sum one.
_TOOK = """
SELECT kind, count(*), sum(coalesce(active, epoch(coalesce(ended, heartbeat) - started))), coalesce(sum(cost), 0)
FROM runs LEFT JOIN (
    SELECT run, sum(coalesce(cost, 'NaN'::DOUBLE)) AS cost FROM outcomes GROUP BY run) AS paid ON paid.run = runs.id
WHERE list_contains($kinds, kind) GROUP BY kind
"""


@dataclass(frozen=True)
class Took:
    """How many runs there were, the seconds that they were at work, and US dollars (NaN where no price is known)."""

    runs: int
    seconds: float
    dollars: float


def took_by_kind(workspace: Workspace, kinds: Sequence[str]) -> dict[str, Took]:
    """By kind of run what all of them took; a kind without runs is left out."""
    with workspace.cursor() as cursor:
        rows = cursor.execute(_TOOK, {"kinds": list(kinds)}).fetchall()
    return {str(kind): Took(int(runs), float(seconds or 0), float(dollars)) for kind, runs, seconds, dollars in rows}
