"""What the facets offer: every value of every facet with its number of samples, in one look at those that match."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from curation.facets import Facets
from curation.sample import STATES
from curation.store.browse import MATCHING, bound_to
from curation.store.workspace import Workspace

Counts = list[tuple[str, int]]
"""(value, samples), largest first."""

_COUNTED = (
    MATCHING
    + """, shown AS MATERIALIZED (SELECT seq AS sample, state FROM matching),
counted(facet, value, found) AS (
    SELECT 'states', state, count(*) FROM shown GROUP BY ALL
    UNION ALL
    SELECT 'origins', source, count(DISTINCT sample) FROM origins SEMI JOIN shown USING (sample) GROUP BY ALL
    UNION ALL
    SELECT 'methods', method, count(DISTINCT sample) FROM origins SEMI JOIN shown USING (sample) GROUP BY ALL
    UNION ALL
    SELECT 'tags', tag, count(*) FROM tags SEMI JOIN shown USING (sample) GROUP BY ALL
    UNION ALL
    SELECT 'label ' || signal, label, count(*) FROM labels SEMI JOIN shown USING (sample)
    WHERE signal IN (SELECT unnest($signals)) GROUP BY ALL)
SELECT facet, value, found FROM counted
QUALIFY row_number() OVER (PARTITION BY facet ORDER BY found DESC, value) <= $limit ORDER BY facet, found DESC, value
"""
)


@dataclass(frozen=True)
class FacetCounts:
    """Samples that match, by state, and what each facet offers. What is chosen of a facet does not narrow itself.

    Args:
        states: every state with its number among all that match.
        values: the values of origins, methods and tags.
        labels: the labels of each label signal.
    """

    states: dict[str, int]
    values: dict[str, Counts]
    labels: dict[str, Counts]

    @property
    def total(self) -> int:
        """How many samples match."""
        return sum(self.states.values())


def count_facets(workspace: Workspace, facets: Facets, signals: Sequence[str], limit: int = 200) -> FacetCounts:
    """Count every facet, these label signals among them, with at most `limit` values each."""
    looks: dict[Facets, dict[str, Counts]] = {}

    def offered(name: str, lifted: Facets) -> Counts:
        # Most often nothing of a facet is chosen, so that lifting it changes nothing: one look serves them all.
        if lifted not in looks:
            looks[lifted] = _look(workspace, lifted, signals, limit)
        return looks[lifted].get(name, [])

    states = dict(offered("states", facets))
    return FacetCounts(
        {state: states.get(state, 0) for state in STATES},
        {
            "origins": offered("origins", replace(facets, origins=())),
            "methods": offered("methods", replace(facets, methods=())),
            "tags": offered("tags", replace(facets, tags=())),
        },
        {signal: offered(f"label {signal}", without(facets, signal)) for signal in signals},
    )


def without(facets: Facets, signal: str) -> Facets:
    """The choices less those about one label signal."""
    return replace(facets, labels=tuple(label for label in facets.labels if label[0] != signal))


def _look(workspace: Workspace, facets: Facets, signals: Sequence[str], limit: int) -> dict[str, Counts]:
    found: dict[str, Counts] = {}
    with workspace.cursor() as cursor:
        rows = cursor.execute(_COUNTED, bound_to(facets) | {"signals": list(signals), "limit": limit}).fetchall()
    for facet, value, samples in rows:
        found.setdefault(str(facet), []).append((str(value), int(samples)))
    return found
