"""Choosing samples that are spread out: ours against the plain traversal, and how other ways to choose grow.

    python benchmarks/selection.py [--rows 20000] [--size 1000] [--data vectors.npy] [--growth 50000 200000]

The plain traversal (Gonzalez 1985) passes over all vectors for each sample that it chooses. Both give the same samples,
which is checked; they take turns, three times, and the smallest time of the processor counts. Growth is ours alone, at
an equal size. Vectors are made up from a seed unless they are given: 384 numbers around 200 centres.

2026-11-21, two cores, a load of 2 to 3:

| | ours, s of the processor | plain | ratio |
|---|---|---|---|
| 1,000 of 20,000 made up | 0.50 | 4.98 | 9.9 |
| 1,000 of 52,002 embedded prompts of Alpaca | 1.36 | 11.4 | 8.4 |

Seconds on the clock for 1,000 of 50,000 and of 200,000: k-center 2.5 and 2.1, quality first 0.2 and 0.3, facility
location 19 and 34.
"""

import argparse
from pathlib import Path
from time import perf_counter, process_time

import numpy as np

from curation.computing.order import shuffled
from curation.methods import Pool
from curation.selection import FacilityLocation, KCenter, QualityFirst


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--rows", type=int, default=20_000)
    arguments.add_argument("--size", type=int, default=1_000)
    arguments.add_argument("--data", type=Path, help="unit vectors, .npy")
    arguments.add_argument("--growth", type=int, nargs="*", default=[])
    asked = arguments.parse_args()
    vectors = np.load(asked.data)[: asked.rows].astype(np.float32) if asked.data else made_up(asked.rows)
    pool = pool_of(vectors)
    ours, theirs = [], []
    for _ in range(3):
        chosen, seconds = timed(KCenter(), pool, asked.size)
        ours.append(seconds)
        expected, seconds = timed(plain, pool, asked.size)
        theirs.append(seconds)
        assert chosen == expected, "not the same samples"
    print(f"{asked.size:,} of {len(vectors):,} spread out: ours {min(ours):.2f} s of the processor, ", end="")
    print(f"plain traversal {min(theirs):.2f} s, ratio {min(theirs) / min(ours):.1f}, same samples")
    for rows in asked.growth:
        larger = pool_of(made_up(rows))
        for way in (KCenter(), QualityFirst(), FacilityLocation()):
            before = perf_counter()
            way(larger, asked.size)
            print(f"{way.name}: {asked.size:,} of {rows:,} in {perf_counter() - before:.1f} s")


def plain(pool, size):
    order = shuffled(pool.ids, 0)
    vectors = pool.vectors[order]
    nearest, chosen = np.full(len(order), -np.inf, np.float32), []
    while len(chosen) < size:
        at = int(np.argmin(nearest))
        chosen.append(at)
        np.maximum(nearest, vectors @ vectors[at], out=nearest)
        nearest[at] = np.inf
    return [int(order[at]) for at in chosen]


def timed(way, pool, size):
    before = process_time()
    chosen = way(pool, size)
    return chosen, process_time() - before


def pool_of(vectors):
    quality = np.random.default_rng(1).normal(size=len(vectors))
    return Pool([f"sample {i}" for i in range(len(vectors))], quality, vectors, [()] * len(vectors))


def made_up(rows, centres=200):
    chance = np.random.default_rng(0)
    middle = chance.normal(size=(centres, 384)).astype(np.float32)
    found = middle[chance.integers(centres, size=rows)] + 0.7 * chance.normal(size=(rows, 384)).astype(np.float32)
    return found / np.linalg.norm(found, axis=1, keepdims=True)


if __name__ == "__main__":
    main()
