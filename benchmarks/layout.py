"""Map: Sift's own layout against umap-learn (seeded), each in a fresh process, with the quality of both maps.

python benchmarks/layout.py [--rows 5000] [--data vectors.npy] [--growth 10000 50000 100000] [--alone]

Trustworthiness (Venna, Kaski 2001) of 15 neighbours on 1,000 points, and the share of their 15 nearest vectors that
are among their 15 nearest on the map.

2026-11-21, Alpaca prompts (MiniLM), two cores of an AMD EPYC that many others used, so seconds of processor count:

| rows | by | seconds | of processor | MB | trustworthiness | kept | same bytes |
|---|---|---|---|---|---|---|---|
| 10,000 | ours | 9.2 | 7.4 | 272 | 0.932 | 0.325 | yes |
| 10,000 | umap-learn | 88.7 | 52.4 | 637 | 0.913 | 0.282 | |
| 52,002 | ours | 18.1 | 29.1 | 652 | 0.951 | 0.268 | yes |

Below 20,000 rows neighbours are ruled out in fp32. umap-learn was not run to its end on 52,002.
The last row at a load of 3. On 52,002 rows 200 epochs give 0.941 and 0.257 in 17.6 s, 500 give 0.957 and 0.274 for
11 s of processor more (one run each).
"""

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np

OURS = """
import sys, time; begun = time.perf_counter()
import numpy as np
from curation.mapping import place
positions = place(np.load(sys.argv[1]))
np.save(sys.argv[2], positions); print(time.perf_counter() - begun, time.process_time())
"""
UMAP = """
import sys, time, warnings; begun = time.perf_counter(); warnings.simplefilter("ignore")
import numpy as np, umap
positions = umap.UMAP(metric="cosine", random_state=42, n_jobs=1).fit_transform(np.load(sys.argv[1]))
np.save(sys.argv[2], positions); print(time.perf_counter() - begun, time.process_time())
"""
MEMORY = "\nimport resource; print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)"


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--rows", type=int, default=5000)
    arguments.add_argument("--data", type=Path, help="float32 unit rows, .npy; made up where there is none")
    arguments.add_argument("--growth", type=int, nargs="*", default=[])
    arguments.add_argument("--alone", action="store_true", help="without umap-learn")
    asked = arguments.parse_args()
    for rows in asked.growth or [asked.rows]:
        vectors = np.load(asked.data)[:rows] if asked.data else made(rows)
        compare(vectors, asked.alone)


def compare(vectors, alone):
    with tempfile.TemporaryDirectory() as folder:
        np.save(f"{folder}/vectors.npy", vectors)
        ours, positions = run(OURS, folder)
        again, same = run(OURS, folder)
        identical = positions.tobytes() == same.tobytes()
        print(f"{len(vectors):,} rows, ours: {figures(min(ours, again))}, same bytes: {identical}")
        print(f"  trustworthiness {quality(vectors, positions)}", flush=True)
        if not alone:
            theirs, positions = run(UMAP, folder)
            print(f"  umap-learn: {figures(theirs)}, ratio {theirs[0] / min(ours, again)[0]:.1f}")
            print(f"  trustworthiness {quality(vectors, positions)}", flush=True)


def figures(found):
    seconds, busy, memory = found
    return f"{seconds:.1f} s ({busy:.1f} s of processor), {memory:,.0f} MB"


def run(code, folder):
    command = [sys.executable, "-c", code + MEMORY, f"{folder}/vectors.npy", f"{folder}/positions.npy"]
    found = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()[-3:]
    return [float(value) for value in found], np.load(f"{folder}/positions.npy")


def quality(vectors, positions, k=15):
    n = len(vectors)
    some = np.random.default_rng(0).choice(n, min(1000, n), replace=False)
    cost = kept = 0
    for i in some:
        similarity = vectors @ vectors[i]
        similarity[i] = np.inf
        rank = np.empty(n, np.int64)
        rank[np.argsort(-similarity, kind="stable")] = np.arange(n)
        apart = ((positions - positions[i]) ** 2).sum(axis=1)
        apart[i] = np.inf
        near = rank[np.argpartition(apart, k)[:k]]
        cost += np.maximum(0, near - k).sum()
        kept += (near <= k).sum()
    trust = 1 - cost * 2 / (len(some) * k * (2 * n - 3 * k - 1))
    return f"{trust:.3f}, neighbours kept {kept / len(some) / k:.3f}"


def made(rows, dimension=384):
    random = np.random.default_rng(0)
    centres = random.normal(size=(max(2, rows // 50), dimension))
    vectors = centres[random.integers(len(centres), size=rows)] + random.normal(scale=0.8, size=(rows, dimension))
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)


if __name__ == "__main__":
    main()
