"""Which samples match what a reader has chosen: one constant query, every value bound."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from curation.errors import BadInput, NotReady
from curation.facets import Facets
from curation.sample import STATES
from curation.store.patterns import read_pattern
from curation.store.workspace import Workspace

# An empty list switches its line off. Within a line any value will do; the lines must all hold.
MATCHING = """
WITH matching AS (
    SELECT samples.*, states.state FROM samples JOIN states ON states.sample = samples.seq
    WHERE (len($states) = 0 OR list_contains($states, states.state))
      AND (len($origins) = 0 OR seq IN (SELECT sample FROM origins WHERE list_contains($origins, source)))
      AND (len($methods) = 0 OR seq IN (SELECT sample FROM origins WHERE list_contains($methods, method)))
      AND (len($runs) = 0 OR seq IN (SELECT sample FROM origins WHERE list_contains($runs, run)))
      AND (len($tags) = 0 OR seq IN (SELECT sample FROM tags WHERE list_contains($tags, tag)))
      AND (len($label_signals) = 0 OR seq IN (
            SELECT labels.sample FROM labels
            JOIN (SELECT unnest($label_signals) AS signal, unnest($label_values) AS label) AS wanted
              ON wanted.signal = labels.signal AND wanted.label = labels.label
            GROUP BY labels.sample HAVING count(DISTINCT labels.signal) = $label_count))
      AND (len($range_signals) = 0 OR seq IN (
            SELECT signals.sample FROM signals
            JOIN (SELECT unnest($range_signals) AS signal, unnest($lows) AS low, unnest($highs) AS high) AS wanted
              ON wanted.signal = signals.signal AND signals.value >= wanted.low AND signals.value <= wanted.high
            GROUP BY signals.sample HAVING count(*) = len($range_signals)))
      AND ($text = '' OR contains(lower(instruction), $text) OR contains(lower(input), $text)
            OR contains(lower(output), $text))
      AND ($pattern = '' OR regexp_matches(instruction, $pattern) OR regexp_matches(input, $pattern)
            OR regexp_matches(output, $pattern))
      AND (NOT $by_meaning OR seq IN (SELECT unnest($meant::INTEGER[]))))
"""
_NUMBERS = MATCHING + "SELECT seq FROM matching ORDER BY seq"
_COUNT = MATCHING + "SELECT count(*) FROM matching"
_BY_STATE = MATCHING + "SELECT state, count(*) FROM matching GROUP BY state"
_BY_ORIGIN = MATCHING + (
    "SELECT source, count(DISTINCT sample) FROM origins SEMI JOIN matching ON matching.seq = origins.sample "
    "GROUP BY source ORDER BY 2 DESC, 1"
)
_BY_METHOD = MATCHING + (
    "SELECT method, count(DISTINCT sample) FROM origins SEMI JOIN matching ON matching.seq = origins.sample "
    "GROUP BY method ORDER BY 2 DESC, 1"
)
_BY_TAG = MATCHING + (
    "SELECT tag, count(*) FROM tags SEMI JOIN matching ON matching.seq = tags.sample GROUP BY tag ORDER BY 2 DESC, 1"
)
_BY_LABEL = MATCHING + (
    "SELECT label, count(*) FROM labels SEMI JOIN matching ON matching.seq = labels.sample "
    "WHERE signal = $signal GROUP BY label ORDER BY 2 DESC, 1 LIMIT $limit"
)
_PROGRESS = (
    MATCHING
    + """
SELECT count(*) FILTER (seq IN (SELECT sample FROM settled)
    OR seq IN (SELECT sample FROM passed WHERE reviewer = $reviewer)), count(*) FROM matching
"""
)
# The same where nothing is narrowed down, for every press of a key: it need not look at the states of all samples.
_PROGRESS_OF_ALL = """
SELECT (SELECT count(*) FROM (SELECT sample FROM settled UNION
    SELECT sample FROM passed WHERE reviewer = ?)), (SELECT count(*) FROM samples)
"""
_STATES = "SELECT state FROM states ORDER BY sample"


def numbers_of(workspace: Workspace, facets: Facets) -> NDArray[np.int32]:
    """Numbers of all samples that match, ascending."""
    with workspace.cursor() as cursor:
        found = cursor.execute(_NUMBERS, bound_to(facets)).fetchnumpy()
    return np.asarray(found["seq"], np.int32)


def count(workspace: Workspace, facets: Facets) -> int:
    """How many samples match."""
    return int(str(_rows(workspace, _COUNT, facets)[0][0]))


def count_states(workspace: Workspace, facets: Facets) -> dict[str, int]:
    """How many of the samples that match are in each state; every state is named."""
    found = {str(state): int(str(number)) for state, number in _rows(workspace, _BY_STATE, facets)}
    return {state: found.get(state, 0) for state in STATES}


def count_by(workspace: Workspace, facet: str, facets: Facets) -> list[tuple[str, int]]:
    """(value, samples) of one facet among the samples that match, largest first: origins, methods or tags."""
    queries = {"origins": _BY_ORIGIN, "methods": _BY_METHOD, "tags": _BY_TAG}
    if facet not in queries:
        raise BadInput(f"There is no facet called {facet}.")
    return [(str(value), int(str(number))) for value, number in _rows(workspace, queries[facet], facets)]


def count_labels(workspace: Workspace, signal: str, facets: Facets, limit: int = 1000) -> list[tuple[str, int]]:
    """(label, samples) of one label signal among the samples that match, largest first."""
    rows = _rows(workspace, _BY_LABEL, facets, signal=signal, limit=limit)
    return [(str(label), int(str(number))) for label, number in rows]


def count_reviewed(workspace: Workspace, facets: Facets, reviewer: str) -> tuple[int, int]:
    """(decided by anybody or skipped by this reviewer, still in their queue) among the samples that match."""
    if facets:
        done, matching = _rows(workspace, _PROGRESS, facets, reviewer=reviewer)[0]
    else:
        done, matching = workspace.execute(_PROGRESS_OF_ALL, reviewer)[0]
    return int(str(done)), int(str(matching)) - int(str(done))


def states_of(workspace: Workspace) -> list[str]:
    """The state of every sample, by number."""
    return [str(row[0]) for row in workspace.execute(_STATES)]


def _rows(workspace: Workspace, query: str, facets: Facets, **more: object) -> Sequence[tuple[object, ...]]:
    with workspace.cursor() as cursor:
        return cursor.execute(query, bound_to(facets) | more).fetchall()


def bound_to(facets: Facets) -> dict[str, object]:
    """The values of the parameters in `MATCHING`.

    Raises:
        BadInput: the pattern is no regular expression.
        NotReady: a meaning is asked for and nobody has looked for it yet.
    """
    read_pattern(facets.pattern)
    if facets.meaning and facets.meant is None:
        raise NotReady("Samples can be found by meaning in the dashboard, not here.")
    signals = [signal for signal, _ in facets.labels]
    return {
        "states": list(facets.states),
        "origins": list(facets.origins),
        "methods": list(facets.methods),
        "runs": list(facets.runs),
        "tags": list(facets.tags),
        "label_signals": signals,
        "label_values": [label for _, label in facets.labels],
        "label_count": len(set(signals)),
        "range_signals": [name for name, _, _ in facets.ranges],
        "lows": [float("-inf") if low is None else low for _, low, _ in facets.ranges],
        "highs": [float("inf") if high is None else high for _, _, high in facets.ranges],
        "text": facets.text.lower(),
        "pattern": facets.pattern,
        "by_meaning": facets.meant is not None,
        "meant": list(facets.meant or ()),
    }
