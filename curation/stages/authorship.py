"""Who wrote samples, in words: for the Export page, the gate and the card."""

import numpy as np
from numpy.typing import NDArray

from curation.stages.writing import METHOD
from curation.store import Workspace
from curation.store.authors import Authors, count_authors


def authors_of(workspace: Workspace, numbers: NDArray[np.int32]) -> Authors:
    """Who wrote these samples, as far as their origins say."""
    return count_authors(workspace, numbers, METHOD)


def who_wrote(found: Authors) -> list[str]:
    """The same in words, without those that are none.

    >>> who_wrote(Authors(models=1, people=0, unstated=2_000))
    ['1 names a model as an author', '2,000 do not say who wrote them']
    """
    counted = (
        (found.models, "names a model as an author", "name a model as an author"),
        (found.people, "was typed in here by a person", "were typed in here by people"),
        (found.unstated, "does not say who wrote it", "do not say who wrote them"),
    )
    return [f"{count:,} {one if count == 1 else many}" for count, one, many in counted if count]
