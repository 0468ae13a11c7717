"""From every cluster in turn, so that none is forgotten."""

from typing import ClassVar

import numpy as np

from curation.reviewing.orders.order import Need, Places, QueueOrder, Waiting


class ByCluster(QueueOrder):
    """Cluster by cluster in turn: one of each, the least reviewed cluster first."""

    name: ClassVar[str] = "by cluster"
    needs: ClassVar[tuple[Need, ...]] = ("clusters",)

    def __call__(self, waiting: Waiting) -> Places:
        """By how many of its cluster come before it, those that people were asked of already among them."""
        if not len(waiting.numbers):
            return np.zeros(0, np.intp)
        sorted_places = np.lexsort((waiting.luck, waiting.clusters))
        clusters = waiting.clusters[sorted_places]
        starts = np.flatnonzero(np.diff(clusters, prepend=clusters[0] - 1))
        turn = np.empty(len(clusters), np.int64)
        turn[sorted_places] = np.arange(len(clusters)) - np.repeat(starts, np.diff(starts, append=len(clusters)))
        return np.lexsort((waiting.luck, turn + waiting.done))
