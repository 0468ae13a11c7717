"""Samples by two kinds of label at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from curation.facets import Facets
from curation.store.browse import MATCHING, bound_to
from curation.store.workspace import Workspace

ORIGIN, METHOD, STATE = "origin", "method", "state"
"""Besides the signals of the view `labels`."""

_NAMED = (
    MATCHING
    + """, named AS MATERIALIZED (
    SELECT labels.signal AS kind, labels.sample, labels.label FROM labels
        JOIN matching ON matching.seq = labels.sample WHERE signal IN ($rows, $columns)
    UNION ALL SELECT DISTINCT 'origin', sample, source FROM origins
        JOIN matching ON matching.seq = origins.sample WHERE 'origin' IN ($rows, $columns)
    UNION ALL SELECT DISTINCT 'method', sample, method FROM origins
        JOIN matching ON matching.seq = origins.sample WHERE 'method' IN ($rows, $columns)
    UNION ALL SELECT 'state', seq, state FROM matching WHERE 'state' IN ($rows, $columns))
"""
)
_CROSSED = (
    _NAMED
    + """
SELECT up.label, across.label, count(*) FROM named AS up JOIN named AS across USING (sample)
WHERE up.kind = $rows AND across.kind = $columns
    AND list_contains($up, up.label) AND list_contains($across, across.label) GROUP BY ALL
"""
)
_TOTALS = (
    _NAMED
    + """
SELECT kind, label, count(*) FROM named GROUP BY kind, label
QUALIFY row_number() OVER (PARTITION BY kind ORDER BY count(*) DESC, label) <= $most ORDER BY 3 DESC, 2
"""
)


@dataclass(frozen=True)
class Crossed:
    """How many samples have which two labels; a sample may have several labels of one kind, or none.

    Args:
        rows: labels of the one kind with their samples, the most frequent first.
        columns: labels of the other kind, likewise.
        counts: samples by (row, column), those that occur.
        total: samples that match.
    """

    rows: Sequence[tuple[str, int]]
    columns: Sequence[tuple[str, int]]
    counts: dict[tuple[str, str], int]
    total: int

    @cached_property
    def cells(self) -> list[tuple[str, str, int]]:
        """(row, column, samples) of every cell, empty ones too, row by row."""
        return [(row, column, self.counts.get((row, column), 0)) for row, _ in self.rows for column, _ in self.columns]

    @cached_property
    def empty(self) -> list[tuple[str, str, float]]:
        """(row, column, expected) of the empty cells, the most surprising first.

        Expected is how many samples there would be if the two labels had nothing to do with each other.
        """
        rows, columns = dict(self.rows), dict(self.columns)
        found = [(row, column, rows[row] * columns[column] / self.total) for row, column, n in self.cells if not n]
        return sorted(found, key=lambda cell: (-cell[2], cell[0], cell[1]))


def count_crossed(workspace: Workspace, facets: Facets, rows: str, columns: str, most: tuple[int, int]) -> Crossed:
    """Cross two kinds of label among the samples that match.

    Args:
        workspace: where to look.
        facets: which samples.
        rows: a label signal, `origin`, `method` or `state`.
        columns: another one.
        most: the most labels of rows and of columns; the most frequent ones are taken.
    """
    bound = bound_to(facets) | {"rows": rows, "columns": columns}
    with workspace.cursor() as cursor:
        totals = cursor.execute(_TOTALS, bound | {"most": max(most)}).fetchall()
        up = [(str(label), int(n)) for kind, label, n in totals if kind == rows][: most[0]]
        across = [(str(label), int(n)) for kind, label, n in totals if kind == columns][: most[1]]
        names = {"up": [label for label, _ in up], "across": [label for label, _ in across]}
        found = cursor.execute(_CROSSED, bound | names).fetchall()
        matching = cursor.execute(MATCHING + "SELECT count(*) FROM matching", bound_to(facets)).fetchall()
    counts = {(str(row), str(column)): int(n) for row, column, n in found}
    return Crossed(up, across, counts, int(matching[0][0]))
