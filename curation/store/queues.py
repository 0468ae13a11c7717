"""Which samples wait for a reviewer, what people were asked of already, and the plans by which they were."""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from curation.facets import Facets
from curation.store.browse import MATCHING, bound_to
from curation.store.workspace import Workspace

Numbers = NDArray[np.int32]

_WAITING = """
WHERE CASE $among
        WHEN 'open' THEN seq NOT IN (SELECT sample FROM settled)
        WHEN 'rounds' THEN seq NOT IN (SELECT sample FROM settled)
            AND seq IN (SELECT sample FROM round_samples JOIN rounds USING (round) WHERE ended IS NULL)
        WHEN 'disputed' THEN seq IN (SELECT sample FROM opinions GROUP BY sample HAVING count(DISTINCT action) = 2)
        ELSE seq IN (
            SELECT sample FROM opinions GROUP BY sample HAVING count(*) = 1 AND any_value(reviewer) <> $reviewer) END
    AND ($among IN ('open', 'rounds') OR seq NOT IN (SELECT sample FROM settlements)
        AND seq NOT IN (SELECT sample FROM round_needs WHERE needed > 1))
    AND seq NOT IN (SELECT sample FROM passed WHERE reviewer = $reviewer)
ORDER BY seq
"""
_AMONG_MATCHING = MATCHING + "SELECT seq FROM matching" + _WAITING
# The same where nothing is narrowed down: it need not look at the states of all samples.
_AMONG_ALL = "SELECT seq FROM samples" + _WAITING
# What is decided on, or was passed over by anybody.
_ASKED = "SELECT sample AS seq FROM settled UNION SELECT sample FROM live WHERE action = 'skip'"
# An id is a hash, so its digits are a random number that a sample has for good, wherever it is.
_LUCK = "SELECT (('0x' || right(id, 13))::BIGINT + 0.5) / 4503599627370496 AS luck FROM samples ORDER BY seq"
_PLANS = "SELECT DISTINCT plan FROM review_plans ORDER BY plan"
_SIZES = "SELECT sample, size FROM review_plans WHERE plan = ?"
_ADD_PLAN = "INSERT INTO review_plans SELECT (SELECT coalesce(max(plan), 0) + 1 FROM review_plans), * FROM planned"


def waiting(workspace: Workspace, among: str, facets: Facets, reviewer: str) -> Numbers:
    """Numbers of the matching samples that wait for a reviewer, ascending.

    Args:
        workspace: where they are.
        among: `open`: nobody decided on them; `rounds`: as well, and a round that goes on asks for them;
            `second opinions`: one other person alone did; `disputed`: people disagree. None that the reviewer passed
            over, or that an expert settled; of the last two, none of which a round asks several people.
        facets: what they must match.
        reviewer: whose queue it is.
    """
    values = {"among": among, "reviewer": reviewer}
    with workspace.cursor() as cursor:
        if facets:
            found = cursor.execute(_AMONG_MATCHING, bound_to(facets) | values).fetchnumpy()
        else:
            found = cursor.execute(_AMONG_ALL, values).fetchnumpy()
    return np.asarray(found["seq"], np.int32)


def read_asked(workspace: Workspace) -> Numbers:
    """Numbers of the samples that are decided on, or that anybody passed over; in no order."""
    with workspace.cursor() as cursor:
        return np.asarray(cursor.execute(_ASKED).fetchnumpy()["seq"], np.int32)


def read_luck(workspace: Workspace) -> NDArray[np.float64]:
    """A number between 0 and 1 for every sample, from its id; float64 of shape (samples,)."""
    with workspace.cursor() as cursor:
        return np.asarray(cursor.execute(_LUCK).fetchnumpy()["luck"], np.float64)


def list_plans(workspace: Workspace) -> list[int]:
    """The plans that are kept, by number."""
    return [int(str(row[0])) for row in workspace.execute(_PLANS)]


def read_plan(workspace: Workspace, plan: int) -> tuple[Numbers, NDArray[np.float64]]:
    """Numbers of samples and their sizes in a plan."""
    with workspace.cursor() as cursor:
        found = cursor.execute(_SIZES, [plan]).fetchnumpy()
    return np.asarray(found["sample"], np.int32), np.asarray(found["size"], np.float64)


def add_plan(workspace: Workspace, numbers: Sequence[int] | Numbers, sizes: NDArray[np.float64]) -> None:
    """Keep another plan: the sizes of samples by number."""
    table = pa.table({"sample": pa.array(numbers, pa.int32()), "size": pa.array(sizes, pa.float32())})
    with workspace.writing() as cursor:
        cursor.register("planned", table)
        cursor.execute(_ADD_PLAN)
        cursor.unregister("planned")
