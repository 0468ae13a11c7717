"""Texts → vectors → map, clusters and near-duplicate pairs. Each step can run again; nothing is embedded twice."""

from collections.abc import Sequence
from dataclasses import asdict

import numpy as np

from curation.duplicates import identical, near_pairs
from curation.embedders import MiniLM, Precision, SentenceTransformerModel
from curation.layouts import Grouping, Layout
from curation.methods import Vectors
from curation.runs import Job, Step
from curation.sample import text_hash
from curation.stages.differing import find_differences
from curation.stages.mapping import K_MEANS, PLAIN, draw_map
from curation.store import Workspace
from curation.store.pairs import Edges, write_pairs
from curation.store.settings import read_setting
from curation.store.vectors import find_vectors, missing_texts, read_vectors, write_vectors

EMBEDDER = "embedder"
"""The setting with the name or path of the embedding model; empty for the bundled one."""
PRECISION = "embedder precision"
"""The setting with the numbers that it works with; fp32 where there is none."""
WRITE_EVERY = 512
FLOOR = 0.7


def chosen_embedder(workspace: Workspace) -> MiniLM | SentenceTransformerModel:
    """The embedding model that the settings name, with the numbers that they name."""
    return embedder_of(read_setting(workspace, EMBEDDER), chosen_precision(workspace))


def chosen_precision(workspace: Workspace) -> Precision:
    """The numbers that the embedding model works with."""
    return "bf16" if read_setting(workspace, PRECISION) == "bf16" else "fp32"


def embedder_of(model: str, precision: Precision) -> MiniLM | SentenceTransformerModel:
    """The embedding model of this name or folder, the bundled one for ""."""
    if model:
        return SentenceTransformerModel(model=model, precision=precision)
    return MiniLM(precision=precision)


def look_job(workspace: Workspace, field: str = "prompt", layout: Layout = PLAIN, grouping: Grouping = K_MEANS) -> Job:
    """Embed, place, cluster, pair and look for what differs within pairs as one run."""
    embedder = chosen_embedder(workspace)

    def work(_run: str, step: Step) -> str:
        model = embedder.revision
        texts = embed(workspace, embedder, field, step)
        draw_map(workspace, model, field, (layout, grouping), step)
        pairs = find_pairs(workspace, model, field, step=step)
        find_differences(workspace, f"{field} {model}", field, step)
        return f"{texts:,} texts embedded, map drawn, {pairs:,} near-duplicate pairs found."

    return Job("embed", embedder.name, {"field": field} | asdict(layout), work)


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
    try:
        for indices, vectors in embedder.embed_batches([text for _, text in missing]):
            hashes += [missing[index][0] for index in indices]
            parts.append(vectors)
            done += len(indices)
            if len(hashes) >= WRITE_EVERY:
                write_vectors(workspace, model, hashes, np.concatenate(parts))
                hashes, parts = [], []
            step(done, len(missing))
    finally:
        if hashes:
            write_vectors(workspace, model, hashes, np.concatenate(parts))
    step(done, len(missing))
    return done


def find_pairs(workspace: Workspace, model: str, field: str, floor: float = FLOOR, step: Step | None = None) -> int:
    """Find and keep all pairs of samples whose cosine is at least the floor; gives their number.

    Samples whose texts are equal are compared once: thousands of them would be millions of pairs that say nothing.
    Of more samples than `near_pairs` compares one by one, nearly all pairs are found, and the share is kept with them.
    """
    numbers, vectors = read_vectors(workspace, model, field)
    first = identical(vectors)
    is_first = first == np.arange(len(first))
    watch = None if step is None else (lambda done, total: step(done * len(numbers) // total, len(numbers)))
    pairs = near_pairs(vectors if is_first.all() else vectors[is_first], floor, watch)
    rows = numbers[is_first]
    copies = np.column_stack([numbers[first], numbers])[~is_first]
    edges = Edges(rows[pairs.a], rows[pairs.b], pairs.similarity, copies)
    write_pairs(workspace, model, field, (pairs.floor, len(numbers), pairs.recall), edges)
    return len(pairs) + len(copies)
