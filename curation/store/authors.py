"""Who wrote the samples: people or models, as their origins say."""

import numpy as np
from numpy.typing import NDArray

from curation.facets import Facets
from curation.store.browse import MATCHING, bound_to
from curation.store.workspace import Workspace

_BY_PEOPLE = MATCHING + (
    "SELECT seq FROM matching WHERE seq NOT IN (SELECT sample FROM origins WHERE model <> '') ORDER BY seq"
)
_ANY = "SELECT count(*) FROM (SELECT 1 FROM origins WHERE model = ? LIMIT 1)"
# Another hand: an origin of another model, or of none and without parents here, or of none and from a parent that
# another hand wrote. What is left has all its text from this model, also where a rule reworded it.
_ALONE = """
WITH RECURSIVE free AS (SELECT sample, unnest(parents) AS parent FROM origins WHERE model = '' AND len(parents) > 0),
derived AS (SELECT free.sample, samples.seq AS parent FROM free LEFT JOIN samples ON samples.id = free.parent),
other(sample) AS (
    SELECT sample FROM origins WHERE model <> $model AND (model <> '' OR len(parents) = 0)
    UNION SELECT sample FROM derived WHERE parent IS NULL
    UNION SELECT derived.sample FROM derived JOIN other ON other.sample = derived.parent)
SELECT seq FROM samples WHERE seq NOT IN (SELECT sample FROM other) ORDER BY seq
"""


def written_by_people(workspace: Workspace, facets: Facets) -> NDArray[np.int32]:
    """Numbers of the samples that match and in which no model had a part, ascending."""
    with workspace.cursor() as cursor:
        found = cursor.execute(_BY_PEOPLE, bound_to(facets)).fetchnumpy()
    return np.asarray(found["seq"], np.int32)


def written_alone_by(workspace: Workspace, model: str) -> NDArray[np.int32]:
    """Numbers of the samples all of whose text is of this model, ascending; also what a rule made of such text."""
    if workspace.execute(_ANY, model) == [(0,)]:
        return np.empty(0, np.int32)
    with workspace.cursor() as cursor:
        found = cursor.execute(_ALONE, {"model": model}).fetchnumpy()
    return np.asarray(found["seq"], np.int32)
