"""Samples by what they mean or by a pattern: what a reader types in a search box becomes facets that can be used."""

from dataclasses import replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from curation.errors import NotReady
from curation.facets import Facets
from curation.methods import Vectors
from curation.stages.embedding import chosen_embedder
from curation.store import Workspace
from curation.store.maps import Map
from curation.store.pairs import latest_space, neighbours_of
from curation.store.patterns import try_pattern
from curation.store.vectors import count_vectors, read_vectors

FIELD = "prompt"
"""What of a sample is compared with a sentence: the instruction and its input."""
NEAREST = 200
"""So many samples a facet by meaning holds."""

Found = tuple[NDArray[np.int32], NDArray[np.float32]]
"""Numbers of samples and their cosines, best first."""


def searched(workspace: Workspace, facets: Facets) -> Facets:
    """The same facets, ready for use: the pattern was tried, and what is meant was looked for.

    Raises:
        BadInput: the pattern is no regular expression, or takes too long.
        NotReady: samples are to be found by meaning and none has a vector of the model that is chosen now.
        ModelError: the embedding model cannot be loaded.
    """
    if facets.pattern:
        try_pattern(workspace, facets.pattern)
    if not facets.meaning:
        return facets
    revision = chosen_embedder(workspace).revision
    numbers, _ = _nearest(workspace, (revision, FIELD), count_vectors(workspace, revision), facets.meaning)
    if not len(numbers):
        raise NotReady("No sample has a vector of the embedding model yet. Embed the samples on the Map page first.")
    return replace(facets, meant=tuple(numbers[:NEAREST].tolist()))


def find_by_meaning(workspace: Workspace, shown: Map, query: str, limit: int = 100) -> Found:
    """The samples on a map that mean most nearly what a sentence says.

    Raises:
        NotReady: the map was laid out with another embedding model than the one that is chosen now.
        ModelError: the embedding model cannot be loaded.
    """
    revision = chosen_embedder(workspace).revision
    if revision != shown.model:
        raise NotReady(
            f"This map was laid out with {shown.model}, and the embedding model is {revision} now. "
            "Lay the map out anew, or choose the earlier model under Settings."
        )
    found = _nearest(workspace, (revision, shown.field), count_vectors(workspace, revision), query)
    return found[0][:limit], found[1][:limit]


def nearest_to(workspace: Workspace, number: int, limit: int = 10) -> list[tuple[int, float]]:
    """(number, similarity) of the samples nearest to one, by the vectors from which pairs were found last.

    Where they are gone, or the sample came later, those of them that are among the stored pairs; without pairs, none.
    """
    space = latest_space(workspace)
    if space is None:
        return []
    numbers, vectors = _vectors(workspace, (space.model, space.field), count_vectors(workspace, space.model))
    place = int(np.searchsorted(numbers, number))
    if place == len(numbers) or numbers[place] != number:
        return neighbours_of(workspace, space.id, number, limit)
    cosines = vectors @ vectors[place]
    cosines[place] = -np.inf
    few = min(limit, len(numbers) - 1)
    best = np.argpartition(-cosines, few - 1)[:few] if few else np.zeros(0, np.intp)
    best = best[np.lexsort((numbers[best], -cosines[best]))]
    return [(int(numbers[each]), min(1.0, float(cosines[each]))) for each in best]


# A page asks the same again each time it is drawn.
@lru_cache(maxsize=32)
def _nearest(workspace: Workspace, space: tuple[str, str], stamp: tuple[int, int], query: str) -> Found:
    numbers, vectors = _vectors(workspace, space, stamp)
    if not len(numbers):
        return numbers, np.zeros(0, np.float32)
    cosines = vectors @ np.asarray(chosen_embedder(workspace)([query])[0], np.float32)
    best = np.argsort(-cosines, kind="stable")[:NEAREST]
    return numbers[best], cosines[best]


# One search follows another.
@lru_cache(maxsize=1)
def _vectors(
    workspace: Workspace, space: tuple[str, str], _stamp: tuple[int, int]
) -> tuple[NDArray[np.int32], Vectors]:
    return read_vectors(workspace, *space)
