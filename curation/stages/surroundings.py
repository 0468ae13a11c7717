"""The samples that mean most nearly what some samples on a map mean: where a run that is aimed there can start."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from curation.store import Workspace
from curation.store.maps import Map
from curation.store.vectors import read_vectors

MOST = 400
"""So many of the chosen ones are asked for their neighbours, evenly over all of them."""
AT_A_TIME = 16_000_000
"""Cosines in memory at once."""


def surroundings(
    workspace: Workspace, shown: Map, numbers: Sequence[int], each: int = 5, limit: int = 200
) -> list[int]:
    """Numbers of the samples nearest to the given ones that are not among them, the nearest first.

    Args:
        workspace: where to look.
        shown: the map whose vectors are compared.
        numbers: the given ones.
        each: neighbours that each of them has a say for.
        limit: at most so many in all.
    """
    known, vectors = read_vectors(workspace, shown.model, shown.field)
    is_given = np.isin(known, np.asarray(numbers, np.int32))
    given = np.flatnonzero(is_given)
    few = min(each, len(known) - len(given))
    if not len(given) or few < 1:
        return []
    asked = given[np.unique(np.linspace(0, len(given) - 1, min(MOST, len(given))).astype(np.intp))]
    best = np.full(len(known), -np.inf, np.float32)
    for start in range(0, len(asked), max(1, AT_A_TIME // len(known))):
        cosines = vectors[asked[start : start + max(1, AT_A_TIME // len(known))]] @ vectors.T
        cosines[:, is_given] = -np.inf
        nearest = np.argpartition(-cosines, few - 1, axis=1)[:, :few]
        np.maximum.at(best, nearest.ravel(), np.take_along_axis(cosines, nearest, axis=1).ravel())
    found = np.flatnonzero(best > -np.inf)
    order: NDArray[np.intp] = found[np.lexsort((known[found], -best[found]))][:limit]
    return [int(number) for number in known[order]]
