"""Samples by what they mean: the nearest to a sentence, by the vectors that a map was laid out from."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from curation.errors import NotReady
from curation.methods import Vectors
from curation.stages.embedding import chosen_embedder
from curation.store import Workspace
from curation.store.maps import Map
from curation.store.vectors import read_vectors


def find_by_meaning(
    workspace: Workspace, shown: Map, query: str, limit: int = 100
) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
    """Numbers of the samples on a map that mean most nearly what a sentence says, and their cosines, best first.

    Raises:
        NotReady: the map was laid out with another embedding model than the one that is chosen now.
        ModelError: the embedding model cannot be loaded.
    """
    embedder = chosen_embedder(workspace)
    if embedder.revision != shown.model:
        raise NotReady(
            f"This map was laid out with {shown.model}, and the embedding model is {embedder.revision} now. "
            "Lay the map out anew, or choose the earlier model under Settings."
        )
    numbers, vectors = _vectors(workspace, shown)
    cosines = vectors @ np.asarray(embedder([query])[0], np.float32)
    best = np.argsort(-cosines, kind="stable")[:limit]
    return numbers[best], cosines[best]


# One search follows another; a map that is laid out anew has another date.
@lru_cache(maxsize=1)
def _vectors(workspace: Workspace, shown: Map) -> tuple[NDArray[np.int32], Vectors]:
    return read_vectors(workspace, shown.model, shown.field)
