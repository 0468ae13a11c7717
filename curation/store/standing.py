"""What people hold of samples now, and whether somebody was faster (F18)."""

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb
import pyarrow as pa

from curation.errors import Overtaken
from curation.sample import Action
from curation.store.workspace import Workspace, now

# Called inside the transaction that writes, so that nobody comes in between. Where a round asks several people about
# a sample, nobody is in another's way and nobody is told what others said.
_OVERTAKEN = """
SELECT arg_max(live.reviewer, seq), arg_max(live.action, seq), max(made), count(DISTINCT live.sample)
FROM live SEMI JOIN chosen ON chosen.sample = live.sample
WHERE live.seq > ? AND live.action IN ('accept', 'reject') AND live.reviewer <> ''
    AND live.sample NOT IN (SELECT sample FROM round_needs WHERE needed > 1)
"""
_OTHERWISE = """
SELECT live.sample, arg_max(live.reviewer, seq) FROM live SEMI JOIN chosen ON chosen.sample = live.sample
WHERE live.action IN ('accept', 'reject') GROUP BY live.sample
HAVING arg_max(live.action, seq) <> ? AND arg_max(live.reviewer, seq) NOT IN ('', ?) ORDER BY live.sample
"""
_MARKS = """
SELECT (SELECT count(*) FROM flags WHERE sample = $sample),
    (SELECT coalesce(max(rating), 0) FROM ratings WHERE sample = $sample AND reviewer = $reviewer)
"""


@dataclass(frozen=True)
class Marks:
    """What a sample is marked with: whether anybody flagged it, and the rating by one reviewer, 0 for none."""

    is_flagged: bool
    rating: int


def marks_of(workspace: Workspace, sample: int, reviewer: str) -> Marks:
    """The marks of one sample as one reviewer sees them."""
    with workspace.cursor() as cursor:
        flags, rating = cursor.execute(_MARKS, {"sample": sample, "reviewer": reviewer}).fetchall()[0]
    return Marks(bool(flags), int(rating))


def decided_otherwise(workspace: Workspace, samples: Sequence[int], action: Action, reviewer: str) -> dict[int, str]:
    """Samples on which another person holds the opposite of `action`, with the name of that person, by number.

    An act that is neither accept nor reject is the opposite of nothing.
    """
    if action not in ("accept", "reject"):
        return {}
    with workspace.cursor() as cursor:
        cursor.register("chosen", pa.table({"sample": pa.array(list(samples), pa.int32())}))
        rows = cursor.execute(_OTHERWISE, [action, reviewer]).fetchall()
        cursor.unregister("chosen")
    return {int(sample): str(who) for sample, who in rows}


def check_overtaken(cursor: duckdb.DuckDBPyConnection, seen: int) -> None:
    """Inside a transaction, with the samples in a table `chosen`: nobody has decided on them since event `seen`.

    Raises:
        Overtaken: somebody has.
    """
    reviewer, action, made, samples = cursor.execute(_OVERTAKEN, [seen]).fetchall()[0]
    if samples:
        raise Overtaken(str(reviewer), str(action), max(0.0, (now() - made).total_seconds()), int(samples))
