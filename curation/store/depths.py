"""How many times models have written over a sample: its generation depth."""

import numpy as np
from numpy.typing import NDArray

from curation.store.workspace import Workspace

DEEPEST = 64
"""More generations than this are counted as this."""

# What has an origin of no model and without parents is there whatever models do: it stays at depth 0. A link from a
# sample to one that came later is none: so no circle (a pair that was flipped twice) is gone round for ever.
_LINKS = """
WITH free AS (SELECT DISTINCT sample FROM origins WHERE model = '' AND len(parents) = 0),
links AS (
    SELECT sample, unnest(parents) AS parent, model <> '' AS written FROM origins
    WHERE len(parents) > 0 AND sample NOT IN (SELECT sample FROM free))
SELECT links.sample AS child, samples.seq AS parent, bool_or(links.written) AS written
FROM links JOIN samples ON samples.id = links.parent WHERE samples.seq < links.sample GROUP BY ALL
"""
_WRITTEN = """
SELECT DISTINCT sample FROM origins
WHERE model <> '' AND sample NOT IN (SELECT sample FROM origins WHERE model = '' AND len(parents) = 0)
"""
_COUNT = "SELECT count(*) FROM samples"


def read_depths(workspace: Workspace) -> NDArray[np.int32]:
    """The generation depth of every sample, by number: int32 of shape (samples,).

    0 for what people wrote (more exactly: what no origin says a model wrote), 1 for what a model wrote from such
    samples or from nothing, 2 for what it wrote from those, and so on, by the longest way. A rule that rewords a
    sample, without a model, adds nothing.
    """
    with workspace.cursor() as cursor:
        total = int(cursor.execute(_COUNT).fetchall()[0][0])
        links = cursor.execute(_LINKS).fetchnumpy()
        written = np.asarray(cursor.execute(_WRITTEN).fetchnumpy()["sample"], np.int64)
    depths = np.zeros(total, np.int32)
    depths[written] = 1
    child, parent = np.asarray(links["child"], np.int64), np.asarray(links["parent"], np.int64)
    step = np.asarray(links["written"], np.int32)
    for _ in range(DEEPEST if len(child) else 0):
        before = depths.copy()
        np.maximum.at(depths, child, np.minimum(before[parent] + step, DEEPEST))
        if np.array_equal(before, depths):
            break
    return depths
