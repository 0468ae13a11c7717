"""Samples that match as a table, page by page, sorted by anything measured."""

from dataclasses import dataclass

from curation.facets import Facets
from curation.store.browse import MATCHING, bound_to
from curation.store.workspace import Workspace

# Several people may rate one sample: the highest counts here.
_PAGE = (
    MATCHING
    + """, placed AS (
    SELECT sample, max(value) AS value, max(label) AS label,
        rank() OVER (ORDER BY max(value), max(label)) AS place
    FROM (SELECT sample, value, NULL AS label FROM signals WHERE signal = $by AND value IS NOT NULL
        UNION ALL SELECT sample, NULL, label FROM labels WHERE signal = $by)
    GROUP BY sample
    UNION ALL SELECT unnest($meant::INTEGER[]), NULL, NULL, generate_subscripts($meant::INTEGER[], 1)
    WHERE $by = 'meaning')
SELECT seq, state, instruction, input, output, value, label FROM matching LEFT JOIN placed ON placed.sample = seq
ORDER BY CASE WHEN $falling THEN -place ELSE place END NULLS LAST, CASE WHEN $falling THEN -seq ELSE seq END
LIMIT $limit OFFSET $skip
"""
)


@dataclass(frozen=True)
class Order:
    """How a table of samples is sorted.

    Args:
        by: a signal or a kind of label; `meaning` for the nearest to what is looked for first; "" for as added.
        falling: the largest, or latest, first; a sample that has no value comes last all the same.
    """

    by: str = ""
    falling: bool = False


ADDED = Order()


@dataclass(frozen=True)
class Line:
    """One row of a table of samples, with the value or label that it is sorted by."""

    number: int
    state: str
    instruction: str
    input: str
    output: str
    sorted_by: float | str | None = None


def page(workspace: Workspace, facets: Facets, limit: int = 50, skip: int = 0, order: Order = ADDED) -> list[Line]:
    """One page of the samples that match, sorted."""
    sorting: dict[str, object] = {"by": order.by, "falling": order.falling}
    with workspace.cursor() as cursor:
        rows = cursor.execute(_PAGE, bound_to(facets) | sorting | {"limit": limit, "skip": skip}).fetchall()
    lines = []
    for row in rows:
        number, state, instruction, given, output, value, label = row
        held = float(value) if isinstance(value, float) else label
        lines.append(Line(int(str(number)), str(state), str(instruction), str(given), str(output), held))
    return lines
