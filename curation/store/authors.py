"""Who wrote the samples, as far as their origins say: a model, a person who typed them in here, or neither is said."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from curation.facets import Facets
from curation.store.browse import numbers_of
from curation.store.workspace import Workspace

# What a rule made of a model's text is still that text.
_MODELLED = """
WITH RECURSIVE free AS (SELECT sample, unnest(parents) AS parent FROM origins WHERE model = '' AND len(parents) > 0),
derived AS (SELECT free.sample, samples.seq AS parent FROM free JOIN samples ON samples.id = free.parent),
modelled(sample) AS (
    SELECT sample FROM origins WHERE model <> ''
    UNION SELECT derived.sample FROM derived JOIN modelled ON modelled.sample = derived.parent)
SELECT sample FROM modelled
"""
_TYPED = "SELECT DISTINCT sample FROM origins WHERE method = $method"
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


class Authors(NamedTuple):
    """How many samples are whose.

    Args:
        models: of them a model wrote at least a part.
        people: typed in here, and no model had a part.
        unstated: nobody says who wrote them.
    """

    models: int
    people: int
    unstated: int


def naming_no_model(workspace: Workspace, facets: Facets) -> NDArray[np.int32]:
    """Numbers of the samples that match and in which no model is known to have had a part, ascending.

    Nobody says who wrote them, but for those that were typed in here: an import seldom names its authors.
    """
    with workspace.cursor() as cursor:
        modelled = cursor.execute(_MODELLED).fetchnumpy()["sample"]
    return np.setdiff1d(numbers_of(workspace, facets), modelled).astype(np.int32)


def count_authors(workspace: Workspace, numbers: NDArray[np.int32], typed: str) -> Authors:
    """Who wrote these samples.

    Args:
        workspace: where they are.
        numbers: of the samples, each once.
        typed: the method that origins of typed samples name.
    """
    with workspace.cursor() as cursor:
        by_hand = cursor.execute(_TYPED, {"method": typed}).fetchnumpy()["sample"]
    unnamed = np.intersect1d(numbers, naming_no_model(workspace, Facets()))
    people = len(np.intersect1d(unnamed, by_hand))
    return Authors(len(numbers) - len(unnamed), people, len(unnamed) - people)


def written_alone_by(workspace: Workspace, model: str) -> NDArray[np.int32]:
    """Numbers of the samples all of whose text is of this model, ascending; also what a rule made of such text."""
    if workspace.execute(_ANY, model) == [(0,)]:
        return np.empty(0, np.int32)
    with workspace.cursor() as cursor:
        found = cursor.execute(_ALONE, {"model": model}).fetchnumpy()
    return np.asarray(found["seq"], np.int32)
