"""Numbers for how varied samples are: ours against their definitions written out plainly, with the same results.

    python benchmarks/metrics.py [--data samples.jsonl[.gz]] [--rows 1000] [--growth 10000 30000 100000]

The plain ones are what their authors' programs do: sets of tuples for runs of words, the whole n × n matrix for
vectors. Both sides are run on the same samples, in turns, three times; the smallest time of one core counts. Growth is
ours alone, on whole collections; the dashboard itself looks at draws of 1,000, whatever the size. Without --data the
texts are made up from a few hundred words. Vectors are made up from a seed: 384 numbers around 50 centres.

| 2026-11-21, 2 shared cores, 1,000 made-up samples | ours | plain | ratio | ours, 10,000 | ours, 100,000 |
|---|---|---|---|---|---|
| distinct pairs of words | 3.9 ms | 3.9 ms | 1.0 | 0.04 s | 0.8 s |
| n-gram diversity | 6.9 ms | 14.2 ms | 2.1 | 0.14 s | 3.0 s |
| self-repetition | 3.7 ms | 7.2 ms | 1.9 | 0.06 s | 0.9 s |
| Vendi, both orders | 9.4 ms | 69 ms | 7.4 | 0.04 s | 0.4 s |
| NovelSum | 12.6 ms | 26.4 ms | 2.1 | 2.9 s | |
| DCScore | 6.4 ms | 13.7 ms | 2.1 | 1.0 s | |
| compression ratio | | | | 0.26 s | 2.7 s |
| entropies, effective numbers, spread | | | | 0.01 s | 0.04 s |
"""

import argparse
import gzip
import json
import os
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from time import process_time

# One core on both sides: numpy's threads would be counted many times.
os.environ["OPENBLAS_NUM_THREADS"] = "1"
import numpy as np

from curation.diversity.metrics import METRICS, LabelMetric, TextMetric, VectorMetric

LONGEST = 10_000
"""Vectors that growth is shown for: what compares all with all grows with the square."""


def tuples(texts: Sequence[str], n: int) -> list[tuple[str, ...]]:
    split = [text.lower().split() for text in texts]
    return [tuple(words[at : at + n]) for words in split for at in range(len(words) - n + 1)]


def distinct(texts: Sequence[str]) -> float:
    found = tuples(texts, 2)
    return len(set(found)) / len(found)


def ngrams(texts: Sequence[str]) -> float:
    whole = [tuples([" ".join(texts)], n) for n in (1, 2, 3, 4)]
    return sum(len(set(found)) / len(found) for found in whole)


def repeated(texts: Sequence[str]) -> float:
    own = [set(tuples([text], 4)) for text in texts]
    seen = Counter(run for runs in own for run in runs)
    long = [runs for runs in own if runs]
    return sum(any(seen[run] > 1 for run in runs) for runs in long) / len(long)


def eigenvalues(vectors: np.ndarray) -> np.ndarray:
    return np.linalg.eigvalsh((vectors @ vectors.T / len(vectors)).astype(np.float64)).clip(1e-15)


def vendi(vectors: np.ndarray) -> float:
    values = eigenvalues(vectors)
    return float(np.exp(-(values * np.log(values)).sum()))


def novel_sum(vectors: np.ndarray) -> float:
    def row(far: np.ndarray) -> float:
        return float(np.average(np.sort(far), weights=1 / np.arange(1, len(far) + 1)))

    return float(np.apply_along_axis(row, 1, 1 - vectors @ vectors.T).mean())


def dc_score(vectors: np.ndarray) -> float:
    products = (vectors @ vectors.T).astype(np.float64)
    shares = np.exp(products - products.max(axis=1, keepdims=True))
    return float((shares / shares.sum(axis=1, keepdims=True)).trace())


PLAIN: dict[str, Callable[..., float]] = {
    "distinct": distinct,
    "ngram_diversity": ngrams,
    "self_repetition": repeated,
    "vendi": vendi,
    "vendi_largest": lambda vectors: 1 / float(eigenvalues(vectors).max()),
    "novel_sum": novel_sum,
    "dc_score": dc_score,
}


def made_up(rows: int) -> list[str]:
    chance = np.random.default_rng(0)
    words = np.array([f"word{at}" for at in range(400)])
    lengths = chance.integers(3, 25, rows)
    return [" ".join(words[(400 * chance.random(length) ** 3).astype(int)]) for length in lengths]


def read(path: Path) -> list[str]:
    raw = path.read_bytes()
    lines = (gzip.decompress(raw) if path.suffix == ".gz" else raw).decode().splitlines()
    return [json.loads(line)["instruction"] for line in lines]


def pointed(rows: int) -> np.ndarray:
    chance = np.random.default_rng(1)
    found = chance.normal(size=(50, 384))[chance.integers(50, size=rows)] + chance.normal(size=(rows, 384))
    return (found / np.linalg.norm(found, axis=1, keepdims=True)).astype(np.float32)


def seconds(work: Callable[..., float], on: object) -> tuple[float, float]:
    began = process_time()
    found = work(on)
    return process_time() - began, found


def compare(name: str, on: object) -> None:
    metric, plain = METRICS[name](), PLAIN[name]
    runs = [(seconds(metric, on), seconds(plain, on)) for _ in range(3)]
    mine, other = (min(run[side][0] for run in runs) for side in (0, 1))
    same = "same" if np.isclose(runs[0][0][1], runs[0][1][1], rtol=1e-4) else "DIFFERENT"
    print(f"{name:20} {1e3 * mine:8.1f} ms, plain {1e3 * other:8.1f} ms, ratio {other / mine:5.1f}, {same}")


def growth(name: str, on: Callable[[int], object], sizes: Sequence[int]) -> None:
    metric = METRICS[name]()
    took = ", ".join(f"{size:,}: {seconds(metric, on(size))[0]:.2f} s" for size in sizes)
    print(f"{name:20} {took}")


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--data", type=Path, help="JSON lines with an instruction each, plain or .gz")
    arguments.add_argument("--rows", type=int, default=1000, help="samples that both sides look at")
    arguments.add_argument("--growth", type=int, nargs="*", default=[10_000, 30_000, 100_000])
    asked = arguments.parse_args()
    base = read(asked.data) if asked.data else made_up(max([asked.rows, *asked.growth]))

    def texts(size: int) -> list[str]:
        return [base[at % len(base)] for at in range(size)]

    def labels(size: int) -> list[str]:
        return [" ".join(text.split()[:2]) for text in texts(size)]

    on: dict[str, Callable[[int], object]] = {}
    for name, metric in METRICS.items():
        kinds = {TextMetric: texts, VectorMetric: pointed, LabelMetric: labels}
        on[name] = next(make for kind, make in kinds.items() if issubclass(metric, kind))
    print(f"{asked.rows:,} samples")
    for name in PLAIN:
        compare(name, on[name](asked.rows))
    print("growth, whole collections")
    for name in METRICS:
        most = LONGEST if on[name] is pointed and not name.startswith("vendi") else max(asked.growth, default=0)
        growth(name, on[name], [size for size in asked.growth if size <= most])


if __name__ == "__main__":
    main()
