"""Who wrote samples, in words: for the Export page, the gate and the card."""

import numpy as np
from numpy.typing import NDArray

from curation.stages.writing import METHOD
from curation.store import Workspace
from curation.store.authors import Authors, count_authors


def authors_of(workspace: Workspace, numbers: NDArray[np.int32]) -> Authors:
    """Who wrote these samples, as far as their origins say."""
    return count_authors(workspace, numbers, METHOD)


def who_wrote(found: Authors) -> str:
    """The same in a sentence.

    >>> who_wrote(Authors(models=1, people=0, unstated=2_000))
    '1 names a model as an author, 0 were typed in here by people, and of 2,000 nobody says who wrote them'
    """
    names = "names" if found.models == 1 else "name"
    were = "was" if found.people == 1 else "were"
    return (
        f"{found.models:,} {names} a model as an author, {found.people:,} {were} typed in here by people, and of "
        f"{found.unstated:,} nobody says who wrote them"
    )
