"""Moving the threshold: ours against recomputing from the pairs in numpy and scipy, with the same result.

python benchmarks/thresholds.py [--rows 52000] [--data vectors.npy] [--growth]

2026-11-21, 52,002 embedded prompts of Alpaca, 128,609 pairs, time of the processor: a move to 0.7 0.92 ms,
groups 0.76 ms, components 0.78 ms, the curve of 100 thresholds 31 ms; built once in 18 ms.
"""

import argparse
from pathlib import Path
from time import perf_counter

import numpy as np
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from curation.duplicates import Explorer, Pairs, all_pairs


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--rows", type=int, default=52_000)
    arguments.add_argument("--data", type=Path, help="unit vectors, .npy; default: random pairs, 5.5 per row")
    arguments.add_argument("--growth", action="store_true", help="up to 1,000,000 rows as well")
    asked = arguments.parse_args()
    if asked.data:
        vectors = np.load(asked.data)[: asked.rows]
        n, pairs = len(vectors), all_pairs(vectors)
    else:
        n, pairs = asked.rows, random_pairs(asked.rows)
    Explorer(2, random_pairs(2)).chained(0.8)  # compiles
    Explorer(2, random_pairs(2)).curve(np.array([0.8]))
    before = perf_counter()
    explorer = Explorer(n, pairs)
    print(f"{n:,} rows, {len(pairs):,} pairs; built once in {1e3 * (perf_counter() - before):.0f} ms")
    for threshold in (0.95, 0.7, 0.9, 0.8):
        report(f"keep {threshold}", threshold, explorer.kept, lambda t: greedy(n, pairs, t))
    for threshold in (0.95, 0.7):
        report(f"components {threshold}", threshold, explorer.components, lambda t: scipy_components(n, pairs, t))
    many = np.linspace(0.7, 0.99, 100)
    ours, curve = timed(explorer.curve, many)
    theirs, recomputed = timed(lambda some: [greedy(n, pairs, t).sum() for t in some], many[::10])
    equal = "same" if curve[::10].tolist() == [int(count) for count in recomputed] else "DIFFERENT"
    print(f"curve of 100: {1e3 * ours:.1f} ms, recomputed {1e4 * theirs:,.0f} ms (ten times 10), ", end="")
    print(f"ratio {10 * theirs / ours:,.0f}, {equal}")
    if asked.growth:
        for rows in (10_000, 52_000, 200_000, 1_000_000):
            grow(rows, many)


def report(what, threshold, ours, theirs):
    mine, result = min((timed(ours, threshold) for _ in range(5)), key=lambda run: run[0])
    other, expected = min((timed(theirs, threshold) for _ in range(3)), key=lambda run: run[0])
    equal = "same" if np.array_equal(result, expected) else "DIFFERENT"
    print(f"{what}: {1e3 * mine:.2f} ms, recomputed {1e3 * other:.1f} ms, ratio {other / mine:,.0f}, {equal}")


def timed(function, argument):
    before = perf_counter()
    result = function(argument)
    return perf_counter() - before, result


def grow(n, many):
    explorer = Explorer(n, random_pairs(n))
    moves = [max(timed(explorer.kept, t)[0] for _ in range(3)) for t in (0.7, 0.8, 0.9)]
    print(f"{n:9,}: move at most {1e3 * max(moves):.1f} ms, curve of 100 {1e3 * timed(explorer.curve, many)[0]:.0f} ms")


def random_pairs(n):
    random = np.random.default_rng(0)
    ends = np.sort(random.integers(n, size=(int(5.5 * n), 2)), axis=1)
    ends = np.unique(ends[ends[:, 0] < ends[:, 1]], axis=0).astype(np.int32)
    similarity = (0.7 + 0.3 * random.beta(1, 5, size=len(ends))).astype(np.float32)
    return Pairs(ends[:, 0].copy(), ends[:, 1].copy(), similarity, 0.7)


def greedy(n, pairs, threshold):
    """Keep-first from the pairs, plain Python."""
    near = pairs.similarity >= np.float32(threshold)
    order = np.argsort(pairs.b[near], kind="stable")
    kept = [True] * n
    for a, b in zip(pairs.a[near][order].tolist(), pairs.b[near][order].tolist(), strict=True):
        if kept[a]:
            kept[b] = False
    return np.array(kept)


def scipy_components(n, pairs, threshold):
    near = pairs.similarity >= np.float32(threshold)
    graph = coo_matrix((np.ones(near.sum()), (pairs.a[near], pairs.b[near])), shape=(n, n))
    labels = connected_components(graph, directed=False)[1]
    return np.unique(labels, return_index=True)[1][labels]


if __name__ == "__main__":
    main()
