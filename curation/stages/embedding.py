"""Texts → vectors → map, clusters and near-duplicate pairs. Each step can run again; nothing is embedded twice."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from curation.duplicates import all_pairs, identical
from curation.embedders import MiniLM, SentenceTransformerModel
from curation.errors import NotReady
from curation.mapping import centre_distances, cluster, neighbours, place, titles
from curation.methods import Vectors
from curation.runs import Job, Step
from curation.sample import text_hash
from curation.store import Workspace
from curation.store.maps import write_map
from curation.store.pairs import Edges, write_pairs
from curation.store.samples import read_samples
from curation.store.settings import read_setting
from curation.store.signals import write_group, write_labels
from curation.store.vectors import find_vectors, missing_texts, read_vectors, write_vectors

EMBEDDER = "embedder"
"""The setting with the name or path of the embedding model; empty for the bundled one."""
WRITE_EVERY = 512
FLOOR = 0.7
NEIGHBOURS = 15
"""Samples that shape the surroundings of each on the map, the sample itself among them."""


def chosen_embedder(workspace: Workspace) -> MiniLM | SentenceTransformerModel:
    """The embedding model that the settings name."""
    named = read_setting(workspace, EMBEDDER)
    return SentenceTransformerModel(model=named) if named else MiniLM()


def look_job(workspace: Workspace, field: str = "prompt", seed: int = 42) -> Job:
    """Embed, place, cluster and pair as one run."""
    embedder = chosen_embedder(workspace)

    def work(_run: str, step: Step) -> str:
        model = embedder.revision
        texts = embed(workspace, embedder, field, step)
        draw_map(workspace, model, field, seed)
        pairs = find_pairs(workspace, model, field)
        return f"{texts:,} texts embedded, map drawn, {pairs:,} near-duplicate pairs found."

    return Job("embed", embedder.name, {"field": field, "seed": seed}, work)


def embed(workspace: Workspace, embedder: MiniLM | SentenceTransformerModel, field: str, step: Step) -> int:
    """Embed every text that this model has not seen and give their number; what is done stays when it is stopped."""
    return _embed(workspace, embedder, missing_texts(workspace, embedder.revision, field), step)


def embed_texts(
    workspace: Workspace, embedder: MiniLM | SentenceTransformerModel, texts: Sequence[str], step: Step
) -> Vectors:
    """Unit vectors of texts from elsewhere, one row each; every text is embedded once and its vector kept."""
    hashes = [text_hash(text) for text in texts]
    known = find_vectors(workspace, embedder.revision, hashes)
    missing = {key: text for key, text in zip(hashes, texts, strict=True) if key not in known}
    _embed(workspace, embedder, list(missing.items()), step)
    known |= find_vectors(workspace, embedder.revision, list(missing))
    return np.array([known[key] for key in hashes], np.float32)


def _embed(
    workspace: Workspace,
    embedder: MiniLM | SentenceTransformerModel,
    missing: Sequence[tuple[str, str]],
    step: Step,
) -> int:
    model = embedder.revision
    hashes, parts, done = [], [], 0
    for indices, vectors in embedder.embed_batches([text for _, text in missing]):
        step(done, len(missing))
        hashes += [missing[index][0] for index in indices]
        parts.append(vectors)
        done += len(indices)
        if len(hashes) >= WRITE_EVERY or done == len(missing):
            write_vectors(workspace, model, hashes, np.concatenate(parts))
            hashes, parts = [], []
    step(done, len(missing))
    return done


def draw_map(workspace: Workspace, model: str, field: str, seed: int = 42) -> int:
    """Lay out every embedded sample, group them and name the groups; gives the number of samples placed.

    What the vectors say of each sample is kept as signals: `cluster`, `centre_distance`, and the cosine with the most
    similar other sample (`neighbour_similarity`) with its number (`neighbour_sample`).

    Raises:
        NotReady: nothing has been embedded.
    """
    numbers, vectors = read_vectors(workspace, model, field)
    if not len(numbers):
        raise NotReady("There is nothing to draw: import or generate samples first.")
    near = neighbours(vectors, NEIGHBOURS - 1)
    write_map(workspace, model, field, seed, (numbers, place(vectors, seed, NEIGHBOURS, found=near)))
    labels = cluster(vectors, seed=seed)
    texts = [sample.prompt for sample in read_samples(workspace, numbers.tolist())]
    named = titles(texts, labels)
    write_labels(workspace, "cluster", {int(n): named[int(label)] for n, label in zip(numbers, labels, strict=True)})
    rows = numbers.tolist()
    distances = dict(zip(rows, centre_distances(vectors, labels).tolist(), strict=True))
    write_group(workspace, "centre_distance", {"centre_distance": distances})
    write_group(workspace, "neighbour_", _nearest(rows, near) if len(rows) > 1 else {})
    return len(numbers)


def _nearest(numbers: list[int], near: tuple[NDArray[np.int32], Vectors]) -> dict[str, dict[int, float]]:
    """The number of each sample's nearest other sample, and the cosine with it."""
    which, cosines = near
    others = [float(numbers[place]) for place in which[:, 0].tolist()]
    return {
        "neighbour_similarity": dict(zip(numbers, cosines[:, 0].clip(-1, 1).tolist(), strict=True)),
        "neighbour_sample": dict(zip(numbers, others, strict=True)),
    }


def find_pairs(workspace: Workspace, model: str, field: str, floor: float = FLOOR) -> int:
    """Find and keep all pairs of samples whose cosine is at least the floor; gives their number.

    Samples whose texts are equal are compared once: thousands of them would be millions of pairs that say nothing.
    """
    numbers, vectors = read_vectors(workspace, model, field)
    first = identical(vectors)
    is_first = first == np.arange(len(first))
    pairs = all_pairs(vectors[is_first], floor)
    rows = numbers[is_first]
    copies = np.column_stack([numbers[first], numbers])[~is_first]
    edges = Edges(rows[pairs.a], rows[pairs.b], pairs.similarity, copies)
    write_pairs(workspace, model, field, (pairs.floor, len(numbers)), edges)
    return len(pairs) + len(copies)
