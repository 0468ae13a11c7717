"""Samples that came after a map was laid out get a place on it; nothing that was there moves."""

from collections import Counter
from collections.abc import Sequence

import numpy as np

from curation.embedders import MiniLM, SentenceTransformerModel
from curation.errors import NotReady
from curation.mapping import place_later
from curation.runs import Job, Step
from curation.stages.embedding import chosen_embedder, embed
from curation.stages.mapping import found_map, tell_clusters
from curation.store import Workspace
from curation.store.maps import Map, add_positions, read_clusters, read_positions, write_clusters
from curation.store.vectors import read_vectors

_VOTES = 5
"""Nearest samples on the map that say to which cluster a new one belongs."""


def place_job(workspace: Workspace, key: str) -> Job:
    """Embed what is new and put it on a map, as one run.

    Raises:
        NotReady: the map is gone, or was made by another embedding model than the one in the settings.
    """
    _, embedder = _map_and_model(workspace, key)

    def work(_run: str, step: Step) -> str:
        return f"{place_rest(workspace, key, step):,} samples placed on the map; the others stay where they were."

    return Job("embed", embedder.name, {"map": key}, work)


def place_rest(workspace: Workspace, key: str, step: Step) -> int:
    """Embed every sample that is not on a map yet and put it there; gives their number.

    Raises:
        NotReady: as for `place_job`.
    """
    shown, embedder = _map_and_model(workspace, key)
    embed(workspace, embedder, shown.field, step)
    return place_new(workspace, shown)


def place_new(workspace: Workspace, shown: Map) -> int:
    """Put every embedded sample that is not on a map there, near what it is most similar to; gives their number.

    Its cluster is the one that most of the five most similar samples on the map are in.
    """
    numbers, vectors = read_vectors(workspace, shown.model, shown.field)
    there, positions = read_positions(workspace, shown.id)
    is_old = np.isin(numbers, there)
    old = vectors[is_old]
    if is_old.all() or not len(old):
        return 0
    known = positions[np.searchsorted(there, numbers[is_old])]
    placed, which, _ = place_later(vectors[~is_old], old, known, shown.layout)
    fresh = numbers[~is_old]
    add_positions(workspace, shown.id, (fresh, placed))
    grouped, clusters = read_clusters(workspace, shown.id)
    if len(grouped):
        of_old = clusters[np.searchsorted(grouped, numbers[is_old])]
        found = [_most(row) for row in of_old[which[:, :_VOTES]].tolist()]
        write_clusters(workspace, shown.id, fresh, np.array(found, np.int32))
        tell_clusters(workspace, shown)
    return len(fresh)


def _map_and_model(workspace: Workspace, key: str) -> tuple[Map, MiniLM | SentenceTransformerModel]:
    shown, embedder = found_map(workspace, key), chosen_embedder(workspace)
    if embedder.revision != shown.model:
        raise NotReady(
            f"This map was made with the embedding model {shown.model}, and the settings name {embedder.revision} now. "
            "Lay it out anew, or choose that model again in the settings."
        )
    return shown, embedder


def _most(votes: Sequence[int]) -> int:
    """The cluster of most, of equally many that of the most similar one."""
    return Counter(votes).most_common(1)[0][0]
