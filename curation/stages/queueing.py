"""The review queue in an order that is chosen by name, and why a sample comes when it does."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from curation.errors import BadInput
from curation.facets import Facets
from curation.reviewing.orders import ORDERS, Need, Waiting
from curation.stages.acceptance import clusters, luck, sizes_now
from curation.stages.doubting import doubt_of
from curation.store import Workspace
from curation.store.queues import read_asked, waiting

EMPTY = np.zeros(0)


@dataclass(frozen=True)
class Wanted:
    """Whose queue, of which samples, in which order (a name in `ORDERS`)."""

    facets: Facets
    reviewer: str
    order: str


def queue(workspace: Workspace, wanted: Wanted, limit: int = 200) -> list[int]:
    """Numbers of the first samples that wait. The whole order is kept until something is decided or measured.

    Raises:
        BadInput: there is no order of that name.
    """
    first: list[int] = _queue(workspace, wanted, workspace.changes)[:limit].tolist()
    return first


@lru_cache(maxsize=4)
def _queue(workspace: Workspace, wanted: Wanted, _changes: int) -> NDArray[np.int32]:
    if wanted.order not in ORDERS:
        raise BadInput(f"There is no order called {wanted.order}.")
    order = ORDERS[wanted.order]()
    numbers = waiting(workspace, order.among, wanted.facets, wanted.reviewer)
    found: NDArray[np.int32] = numbers[order(_columns(workspace, numbers, order.needs))]
    return found


def _columns(workspace: Workspace, numbers: NDArray[np.int32], needs: tuple[Need, ...]) -> Waiting:
    cluster, done = np.zeros(0, np.int32), np.zeros(0, np.int64)
    if "clusters" in needs:
        every, names = clusters(workspace)
        seen = np.bincount(every[read_asked(workspace)] + 1, minlength=len(names) + 1)
        cluster, done = every[numbers], seen[every[numbers] + 1]
    doubt = doubt_of(workspace).values[numbers] if "doubt" in needs else EMPTY
    sizes = sizes_now(workspace)[numbers] if "sizes" in needs else EMPTY
    return Waiting(numbers, luck(workspace)[numbers], cluster, done, doubt, sizes)
