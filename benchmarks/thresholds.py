"""Moving the threshold: ours against recomputing from the pairs in numpy and scipy, and against SemHash's rethreshold.

python benchmarks/thresholds.py [--rows 52000] [--data vectors.npy] [--growth]

Every time is time of the processor, the median of several runs that take turns, so that other work on the machine does
not count. Random pairs, 5.5 per row, unless vectors are given. SemHash's `self_deduplicate` finds, with its threshold,
what `rethreshold` can then only raise; it and ours start from the same vectors (10,000 of the given ones, else made
up), and both are asked for the thresholds above its own. `--growth` goes on to 1,000,000 rows.

2026-11-21, 52,002 embedded prompts of Alpaca, 128,609 pairs (machine busy):

| | ours, ms | peer, ms | x |
|---|---|---|---|
| a move to 0.95, 0.9, 0.8, 0.7 | 0.54, 0.68, 0.76, 0.87 | recomputed 2.0, 2.5, 6.9, 22 | 4 to 25 |
| components at 0.7 | 0.87 | scipy 6.0 | 7 |
| curve of 100 thresholds | 32 | recomputed 730 | 23 |
| 10,000 of them from 0.8, built | 1,103 | SemHash 3,515 | 3 |
| then up to 0.85, 0.9, 0.95 | 0.09, 0.17, 0.30 | SemHash 76, 63, 60 | 200 to 830 |
| back down to 0.8 | 0.30 | SemHash cannot | |

Random pairs, groups at 0.7, 0.8 and 0.9, and chains at 0.8: 10,000 rows 0.1, 0.1, 0.1 and 0.4 ms; 52,000: 1.1, 0.6,
0.3 and 2.0 ms; 200,000: 4.2, 2.5, 1.3 and 7.6 ms; 1,000,000 rows with 5.5 million pairs: 32, 21, 12 and 62 ms.
"""

import argparse
from pathlib import Path
from time import process_time

import numpy as np
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from curation.duplicates import Explorer, Pairs, all_pairs

LOWEST, HIGHER = 0.8, (0.85, 0.9, 0.95)


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--rows", type=int, default=52_000)
    arguments.add_argument("--data", type=Path, help="unit vectors, .npy; default: random pairs, 5.5 per row")
    arguments.add_argument("--growth", action="store_true", help="up to 1,000,000 rows as well")
    asked = arguments.parse_args()
    vectors = np.load(asked.data)[: asked.rows] if asked.data else None
    n, pairs = (asked.rows, random_pairs(asked.rows)) if vectors is None else (len(vectors), all_pairs(vectors))
    Explorer(2, random_pairs(2)).chained(0.8)  # compiles
    Explorer(2, random_pairs(2)).curve(np.array([0.8]))
    before = process_time()
    explorer = Explorer(n, pairs)
    print(f"{n:,} rows, {len(pairs):,} pairs; built once in {1e3 * (process_time() - before):.0f} ms")
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
    against_semhash(crowded(10_000) if vectors is None else vectors[:10_000])
    if asked.growth:
        for rows in (10_000, 52_000, 200_000, 1_000_000):
            grow(rows, many)


def report(what, threshold, ours, theirs):
    runs = [(timed(ours, threshold), timed(theirs, threshold)) for _ in range(5)]
    mine, other = (float(np.median([run[side][0] for run in runs])) for side in (0, 1))
    equal = "same" if np.array_equal(runs[0][0][1], runs[0][1][1]) else "DIFFERENT"
    print(f"{what}: {1e3 * mine:.2f} ms, recomputed {1e3 * other:.1f} ms, ratio {other / mine:,.0f}, {equal}")


def timed(function, argument):
    before = process_time()
    result = function(argument)
    return process_time() - before, result


def against_semhash(vectors):
    """Its threshold goes up alone, and what it then keeps is not what it keeps when it begins there."""
    try:
        from semhash import SemHash
    except ImportError:
        print("SemHash: not installed (pip install semhash)")
        return
    texts = [str(row) for row in range(len(vectors))]
    found, result = timed(
        lambda t: SemHash.from_embeddings(vectors, texts, model=None).self_deduplicate(threshold=t), LOWEST
    )
    before = process_time()
    pairs = all_pairs(vectors, LOWEST)
    explorer = Explorer(len(vectors), pairs)
    built = process_time() - before
    print(f"{len(vectors):,} vectors from {LOWEST}: ours {1e3 * built:.0f} ms, SemHash {1e3 * found:.0f} ms, ", end="")
    print(f"ratio {found / built:.0f}; then")
    for threshold in HIGHER:
        ours, kept = timed(explorer.kept, threshold)
        theirs, _ = timed(result.rethreshold, threshold)
        exact = frozenset(np.flatnonzero(greedy(len(vectors), pairs, threshold)).tolist())
        own, other = frozenset(np.flatnonzero(kept).tolist()), frozenset(int(text) for text in result.selected)
        print(f"  {threshold}: {1e3 * ours:.2f} and {1e3 * theirs:.1f} ms, ratio {theirs / ours:,.0f}; of ", end="")
        shares = [f"{len(each & exact):,} of its {len(each):,}" for each in (own, other)]
        print(f"{len(exact):,} to keep ours has {shares[0]}, SemHash {shares[1]}")
    try:
        result.rethreshold(LOWEST)
        print("  back down: SemHash did it")
    except ValueError:
        print(f"  back down to {LOWEST}: {1e3 * timed(explorer.kept, LOWEST)[0]:.2f} ms; SemHash cannot")


def grow(n, many):
    explorer = Explorer(n, random_pairs(n))
    moves = [float(np.median([timed(explorer.groups, t)[0] for _ in range(5)])) for t in (0.7, 0.8, 0.9)]
    chained = float(np.median([timed(explorer.chained, 0.8)[0] for _ in range(3)]))
    print(
        f"{n:9,}, {len(explorer.pairs):,} pairs: groups {', '.join(f'{1e3 * move:.1f}' for move in moves)} ms at 0.7, "
        f"0.8, 0.9; chains {1e3 * chained:.1f} ms; curve of 100 {1e3 * timed(explorer.curve, many)[0]:.0f} ms",
        flush=True,
    )


def crowded(rows, dimension=384):
    """Made-up vectors around a quarter as many centres."""
    random = np.random.default_rng(0)
    made = random.standard_normal((max(1, rows // 4), dimension), dtype=np.float32)[
        random.integers(rows // 4, size=rows)
    ]
    made += 0.4 * random.standard_normal((rows, dimension), dtype=np.float32)
    return made / np.linalg.norm(made, axis=1, keepdims=True)


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
