"""All pairs: ours against blocked numpy, on the same vectors in one run, with the same pairs as result.

python benchmarks/pairs.py [--rows 10000] [--data vectors.npy] [--floor 0.7]
"""

import argparse
from pathlib import Path
from time import perf_counter

import numpy as np

from curation.duplicates import all_pairs


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--rows", type=int, default=10_000)
    arguments.add_argument("--data", type=Path, help="unit vectors, .npy, float32 of shape (n, dimension)")
    arguments.add_argument("--floor", type=float, default=0.7)
    asked = arguments.parse_args()
    vectors = np.load(asked.data)[: asked.rows] if asked.data else crowded(asked.rows)
    all_pairs(vectors[:600], asked.floor)  # compiles

    times = {"ours": [], "numpy": []}
    for _ in range(3):
        before = perf_counter()
        pairs = all_pairs(vectors, asked.floor)
        times["ours"].append(perf_counter() - before)
        before = perf_counter()
        a, b, similarity = blocked(vectors, np.float32(asked.floor))
        times["numpy"].append(perf_counter() - before)
    ours, theirs = (float(np.median(times[name])) for name in ("ours", "numpy"))
    print(f"{len(vectors):,} x {vectors.shape[1]}, floor {asked.floor}: {len(pairs):,} pairs, numpy {len(a):,}")
    print(f"ours {ours:.2f} s, blocked numpy {theirs:.2f} s, ratio {theirs / ours:.2f} (medians of 3, interleaved)")
    print(f"same pairs: {same(pairs, a, b, similarity, asked.floor)}")


def crowded(rows, dimension=384):
    """Made-up vectors with about as many near pairs, and as slow a fall of their spectrum, as instructions have."""
    random = np.random.default_rng(0)
    scale = (1 + np.arange(dimension)) ** -0.4
    centres = random.normal(size=(max(1, rows // 4), dimension)) * scale
    made = centres[random.integers(len(centres), size=rows)] + 0.55 * random.normal(size=(rows, dimension)) * scale
    return (made / np.linalg.norm(made, axis=1, keepdims=True)).astype(np.float32)


def blocked(vectors, floor, size=1024):
    found = []
    for start in range(0, len(vectors), size):
        block = vectors[start : start + size] @ vectors[start:].T
        rows, columns = np.nonzero(block >= floor)
        later = columns > rows
        rows, columns = rows[later], columns[later]
        found.append((rows + start, columns + start, block[rows, columns]))
    return (np.concatenate(part) for part in zip(*found, strict=True))


def same(pairs, a, b, similarity, floor):
    """Equal sets of pairs, but for those within float32 rounding of the floor."""
    rounding = 2e-6
    ours = dict(zip(zip(pairs.a.tolist(), pairs.b.tolist(), strict=True), pairs.similarity.tolist(), strict=True))
    theirs = dict(zip(zip(a.tolist(), b.tolist(), strict=True), similarity.tolist(), strict=True))
    differing = [(ours.get(pair), theirs.get(pair)) for pair in ours.keys() ^ theirs.keys()]
    excused = all((one or other) < floor + rounding for one, other in differing)
    close = all(abs(ours[pair] - theirs[pair]) < rounding for pair in ours.keys() & theirs.keys())
    return f"yes ({len(differing)} differ, within rounding of the floor)" if excused and close else "NO"


if __name__ == "__main__":
    main()
