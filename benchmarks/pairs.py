"""All pairs: ours against blocked numpy, scikit-learn and SemHash, on the same vectors in one run.

python benchmarks/pairs.py [--rows 10000] [--workspace project.duckdb | --data vectors.npy] [--floor 0.7] [--growth]

The vectors are those of a workspace, those of a file, or made up (around centres, as texts are). Every method runs on
one thread and is timed by the processor, so that other work on the machine does not count. `--growth` goes on to
52,000, 200,000 and 1,000,000 made-up vectors, with ours alone; above 200,000 it is approximate.

2026-11-21, EPYC with avx512_bf16, 10,000 embedded prompts of Alpaca, floor 0.7, medians of 3 (machine busy):

| | s | x blocked numpy | |
|---|---|---|---|
| ours, float32 | 0.26 | 2.26 | 6,657 pairs, all |
| ours, bfloat16 | 0.19 | 3.36 | 6,657 pairs, all |
| ours, approximate | 0.27 | 2.23 | recall 0.9935, from 0.85 on 0.9985 |
| blocked numpy | 0.61 | 1 | 6,657 pairs |
| sklearn radius_neighbors | 3.15 | 0.19 | 6,657 pairs |
| SemHash self_deduplicate | 4.35 | 0.15 | keeps 7,835, exactly 7,828 |
"""

import argparse
import resource
from pathlib import Path
from time import perf_counter, process_time

import numpy as np
from threadpoolctl import threadpool_limits

from curation.computing.processor import has_bf16
from curation.duplicates import Explorer, Pairs, all_pairs, near_pairs
from curation.duplicates.bound import Half, Plain

ROUNDING = 2e-6


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--rows", type=int, default=10_000)
    arguments.add_argument("--workspace", type=Path, help="a project with embedded prompts (it is opened and migrated)")
    arguments.add_argument("--data", type=Path, help="unit vectors, .npy, float32 of shape (n, dimension)")
    arguments.add_argument("--floor", type=float, default=0.7)
    arguments.add_argument("--growth", action="store_true", help="up to 1,000,000 vectors: minutes, and 4 GB")
    asked = arguments.parse_args()
    vectors = given(asked)
    threadpool_limits(1)
    all_pairs(vectors[:600], asked.floor)  # compiles
    compare(vectors, asked.floor)
    if asked.growth:
        for rows in (10_000, 52_000, 200_000, 1_000_000):
            grow(rows, asked.floor)


def given(asked):
    if asked.data:
        return np.load(asked.data)[: asked.rows]
    if not asked.workspace:
        return crowded(asked.rows)
    from curation.store import open_workspace
    from curation.store.pairs import latest_space
    from curation.store.vectors import read_vectors

    workspace = open_workspace(asked.workspace)
    space = latest_space(workspace)
    vectors = read_vectors(workspace, space.model, space.field)[1][: asked.rows]
    workspace.close()
    return np.unique(vectors, axis=0)


def crowded(rows, dimension=384):
    """Made-up vectors with about as many near pairs, and as slow a fall of their spectrum, as instructions have."""
    random = np.random.default_rng(0)
    scale = ((1 + np.arange(dimension)) ** -0.4).astype(np.float32)
    centres = random.normal(size=(max(1, rows // 4), dimension)).astype(np.float32) * scale
    made = centres[random.integers(len(centres), size=rows)]
    made += 0.55 * random.standard_normal((rows, dimension), dtype=np.float32) * scale
    made /= np.linalg.norm(made, axis=1, keepdims=True)
    return made


def compare(vectors, floor):
    methods = {"ours, float32": lambda: ours(vectors, floor, Plain)}
    if has_bf16():
        methods["ours, bfloat16"] = lambda: ours(vectors, floor, Half)
    methods |= {
        "ours, approximate": lambda: pairs_of(near_pairs(vectors, floor, exact=0)),
        "blocked numpy": lambda: blocked(vectors, floor),
        "sklearn radius_neighbors": lambda: sklearn_pairs(vectors, floor),
        "SemHash self_deduplicate": lambda: semhash_pairs(vectors, floor),
    }
    print(f"{len(vectors):,} x {vectors.shape[1]}, floor {floor}, one thread", flush=True)
    times, found = {name: [] for name in methods}, {}
    for _ in range(3):
        for name, method in methods.items():
            before = process_time()
            found[name] = method()
            times[name].append(process_time() - before)
    reference = found["blocked numpy"]
    for name in methods:
        if found[name] is None:
            print(f"{name}: not installed (pip install semhash)")
            continue
        ratios = [numpy / own for numpy, own in zip(times["blocked numpy"], times[name], strict=True)]
        print(
            f"{name:26} {np.median(times[name]):7.2f} s of processor, {np.median(ratios):5.2f} x blocked numpy; "
            f"{agreement(found[name], reference, len(vectors), floor)}"
        )


def ours(vectors, floor, form):
    from curation.duplicates import pairs

    pairs.bounds = form
    return pairs_of(all_pairs(vectors, floor))


def pairs_of(pairs):
    return pairs.a.astype(np.int64) << 32 | pairs.b, pairs.similarity


def blocked(vectors, floor, size=1024):
    found = []
    for start in range(0, len(vectors), size):
        block = vectors[start : start + size] @ vectors[start:].T
        rows, columns = np.nonzero(block >= np.float32(floor))
        later = columns > rows
        rows, columns = rows[later], columns[later]
        found.append(((rows + start) << 32 | (columns + start), block[rows, columns]))
    keys, similarity = (np.concatenate(part) for part in zip(*found, strict=True))
    order = np.argsort(keys)
    return keys[order], similarity[order]


def sklearn_pairs(vectors, floor):
    from sklearn.neighbors import NearestNeighbors

    fitted = NearestNeighbors(metric="cosine", algorithm="brute", n_jobs=1).fit(vectors)
    distances, others = fitted.radius_neighbors(vectors, 1 - floor)
    first = np.repeat(np.arange(len(vectors)), [len(row) for row in others])
    second, near = np.concatenate(others), 1 - np.concatenate(distances)
    later = second > first
    keys = first[later] << 32 | second[later]
    order = np.argsort(keys)
    return keys[order], near[later][order]


def semhash_pairs(vectors, floor):
    """The rows that SemHash keeps; None where it is not installed."""
    try:
        from semhash import SemHash
    except ImportError:
        return None
    texts = [str(row) for row in range(len(vectors))]
    built = SemHash.from_embeddings(vectors, texts, model=None)
    result = built.self_deduplicate(threshold=floor)
    return frozenset(int(text) for text in result.selected)


def agreement(found, reference, rows, floor):
    keys, similarity = reference
    if isinstance(found, frozenset):
        kept = keep_first(reference, rows, floor)
        return f"keeps {len(found):,}, exactly {len(kept):,}, {len(found & kept):,} of them the same"
    own, own_similarity = found
    missed = ~np.isin(keys, own) & (similarity >= floor + ROUNDING)
    added = ~np.isin(own, keys) & (own_similarity >= floor + ROUNDING)
    near = similarity >= 0.85
    parts = f"{len(own):,} pairs, {added.sum()} too many, recall {1 - missed.mean():.4f}"
    return f"{parts}, from 0.85 on {1 - missed[near].mean() if near.any() else 1:.4f}"


def keep_first(reference, rows, floor):
    """The rows that stay when each, from the first to the last, is dropped where it is near one that stayed."""
    keys, similarity = reference
    pairs = Pairs((keys >> 32).astype(np.int32), (keys & 0xFFFFFFFF).astype(np.int32), similarity, floor)
    return frozenset(np.flatnonzero(Explorer(rows, pairs).kept(floor)).tolist())


def grow(rows, floor):
    vectors = crowded(rows)
    before = perf_counter()
    pairs = near_pairs(vectors, floor)
    took, most = perf_counter() - before, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(f"{rows:9,}: {took:6.1f} s, {len(pairs):,} pairs, floor {pairs.floor:.3f}, recall {pairs.recall:.4f}", end="")
    print(f", peak memory {most:.1f} GB")


if __name__ == "__main__":
    main()
