"""New instructions against a pool by ROUGE-L: ours against the loops of Self-Instruct and Alpaca, with the same result.

What is timed is one step of generation: twenty new instructions, each compared with the whole pool, the ten most
similar and the mean noted. Self-Instruct calls `RougeScorer.score` for every pair, Alpaca `_score_lcs` on tokens that
are kept; both take hours for a pool, so they run on a sample of it, drawn anew for every repeat, and are scaled by its
share. They are the plain loops, without the pools of processes of the published code (which start anew for every
instruction and lose to the plain loop on this size). The pool is drawn from the words of the seed tasks, with lengths
like Alpaca's, unless a file is given.

python benchmarks/rouge.py [--rows 52002] [--data instructions.jsonl] [--new 20] [--sample 1000] [--repeats 5]
"""

import argparse
import json
from pathlib import Path
from random import Random
from statistics import median
from time import perf_counter

import numpy as np
from rouge_score import rouge_scorer, tokenize

from curation.rouge import Pool, words

SEEDS = Path(__file__).resolve().parents[1] / "sample_data" / "seed_tasks.jsonl"
SCORER = rouge_scorer.RougeScorer(["rougeL"], use_stemmer=False)


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--rows", type=int, default=52_002)
    arguments.add_argument("--data", type=Path, help="JSON lines with `instruction`; default: drawn")
    arguments.add_argument("--new", type=int, default=20)
    arguments.add_argument("--sample", type=int, default=1000, help="rows of the pool that the loops see")
    arguments.add_argument("--repeats", type=int, default=5)
    asked = arguments.parse_args()
    random = Random(0)
    texts = read(asked.data, random)[: asked.rows + asked.new] if asked.data else drawn(asked.rows + asked.new, random)
    new, texts = texts[: asked.new], texts[asked.new :]
    before = perf_counter()
    pool = Pool(texts)
    print(f"{len(pool):,} texts in the pool, made in {perf_counter() - before:.2f} s; {len(new)} new ones")
    pool.nearest(new, 10)  # imports
    check(new, random.sample(texts, min(asked.sample, len(texts))))
    runs = [
        one_run(new, texts, pool, random.sample(texts, min(asked.sample, len(texts)))) for _ in range(asked.repeats)
    ]
    ours = median(run[0] for run in runs)
    print(f"ours: {1e3 * ours:.1f} ms for all, {1e3 * median(run[3] for run in runs):.1f} ms for one")
    for name, at in (("Self-Instruct's loop", 1), ("Alpaca's loop", 2)):
        ratios = sorted(run[at] / run[0] for run in runs)
        seconds = median(run[at] for run in runs)
        print(f"{name}: {seconds:,.1f} s (scaled), ratio {median(ratios):,.0f} [{ratios[0]:,.0f}–{ratios[-1]:,.0f}]")
    for rows in (10_000, 52_002, 200_000):
        grown(rows, new)


def one_run(new, texts, pool, sample):
    """Seconds of ours for all, of both loops scaled to the whole pool, and of ours for one."""
    share = len(sample) / len(texts)
    kept = [tokenize.tokenize(text, None) for text in sample]
    ours = timed(lambda: pool.nearest(new, 10))
    first = timed(lambda: [ten([SCORER.score(text, other) for other in sample], "rougeL") for text in new])
    second = timed(lambda: [ten([{"rougeL": score} for score in loop(text, kept)], "rougeL") for text in new])
    one = timed(lambda: pool.nearest(new[:1], 10))
    return ours, first / share, second / share, one


def loop(text, kept):
    own = tokenize.tokenize(text, None)
    return [rouge_scorer._score_lcs(own, tokens) for tokens in kept]


def ten(scores, name):
    """What both codes note: the ten most similar, and the mean."""
    values = [score[name].fmeasure for score in scores]
    return np.argsort(values)[-10:][::-1], float(np.mean(values))


def check(new, sample):
    """All scores, the ten highest bit by bit, and the decisions at 0.7 are those of the loop, where all is ASCII."""
    new, sample = ([text for text in texts if text.isascii()] for texts in (new, sample))
    pool = Pool(sample)
    scores, nearest = pool.scores(new), pool.nearest(new, 10)
    for at, text in enumerate(new):
        expected = [SCORER.score(other, text)["rougeL"].fmeasure for other in sample]
        assert np.abs(scores[at] - expected).max() < 1e-7
        assert [near.similarity for near in nearest[at].nearest] == sorted(expected, reverse=True)[:10]
        assert (nearest[at].most > 0.7) == (max(expected) > 0.7)
    print(f"same as rouge_score on {len(new) * len(sample):,} pairs")


def grown(rows, new):
    before = perf_counter()
    pool = Pool(drawn(rows, Random(1)))
    made = perf_counter() - before
    print(f"{rows:>9,} rows: made in {made:.2f} s, {len(new)} new {1e3 * best(lambda: pool.nearest(new, 10)):.1f} ms")


def best(step):
    return min(timed(step) for _ in range(3))


def timed(step):
    before = perf_counter()
    step()
    return perf_counter() - before


def drawn(rows, random):
    """Texts of 3 to 40 words, ten on average, from the words of the seed tasks and as frequent as there."""
    tasks = [json.loads(line) for line in SEEDS.read_text(encoding="utf-8").splitlines()]
    text = " ".join(" ".join([task["instruction"], task["instances"][0]["output"]]) for task in tasks)
    vocabulary = [word for word in words(text) if word.isascii()]
    lengths = [min(max(3, round(random.lognormvariate(2.2, 0.45))), 40) for _ in range(rows)]
    return [" ".join(random.choices(vocabulary, k=length)) for length in lengths]


def read(path, random):
    texts = [json.loads(line)["instruction"] for line in path.read_text(encoding="utf-8").splitlines()]
    random.shuffle(texts)
    return texts


if __name__ == "__main__":
    main()
