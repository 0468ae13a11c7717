"""ROUGE-L of instructions: ours against the loops of Self-Instruct and Alpaca, with the same results.

Timed are both things that these projects do with it. One step of generation: twenty new instructions, each compared
with the whole pool, the ten most similar and the mean noted. And the novelty filter over a whole set: each instruction
in order is dropped when one kept before is more similar than 0.7; ours includes taking the words out of the texts, and
what comes with it on the Duplicates page is timed too: all pairs, and the nearest earlier instruction of each.

Self-Instruct calls `RougeScorer.score` for every pair, Alpaca `_score_lcs` on tokens that are kept; both take hours, so
they run on a sample, drawn anew for every repeat, and are scaled: the step by the share of the pool, the filter by the
comparisons that its loop makes. They are the plain loops, without the pools of processes of the published code (which
start anew for every instruction and lose to the plain loop on this size). For the filter, which is one thread on all
sides, the seconds are those of the processor, so that other work on the computer does not count. Texts are drawn from
the words of the seed tasks, with lengths like Alpaca's, unless a file is given. They grow by copies of them in which
every fourth word is another one.

2026-11-21, Alpaca's 52,002 instructions, two shared cores (AMD Zen 4), medians of 3, seconds of one core:

filter over 52,002: ours 0.43 s; Self-Instruct's loop 46,098 s, ratio 107,900; Alpaca's 28,648 s, ratio 67,100
grown to    10,000: words 0.04 s, filter 0.01 s, pairs 0.02 s, nearest earlier 0.1 s
            52,002: words 0.23 s, filter 0.19 s, pairs 0.41 s, nearest earlier 1.2 s
           197,985: words 1.2 s, filter 0.9 s, pairs 4.8 s, nearest earlier 4.1 s; peak memory 0.5 GiB
           953,693: words 6.8 s, filter 11.2 s (367,524 kept); peak memory 0.9 GiB

python benchmarks/rouge.py [--rows 52002] [--data instructions.jsonl[.gz]] [--new 20] [--sample 1000] [--repeats 5]
    [--large]
"""

import argparse
import gzip
import json
import resource
from itertools import combinations
from pathlib import Path
from random import Random
from statistics import median
from time import perf_counter, process_time

import numpy as np
from rouge_score import rouge_scorer, tokenize

from curation.duplicates import nearest_earlier, novel, rouge_pairs, word_rows
from curation.rouge import Pool, words

SEEDS = Path(__file__).resolve().parents[1] / "sample_data" / "seed_tasks.jsonl"
SCORER = rouge_scorer.RougeScorer(["rougeL"], use_stemmer=False)
BOUND = 0.7
FLOOR = 0.6


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--rows", type=int, default=52_002)
    arguments.add_argument("--data", type=Path, help="JSON lines with `instruction`; default: drawn")
    arguments.add_argument("--new", type=int, default=20)
    arguments.add_argument("--sample", type=int, default=1000, help="rows of the pool that the loops see")
    arguments.add_argument("--repeats", type=int, default=5)
    arguments.add_argument("--large", action="store_true", help="grow the set to 1,000,000 too")
    asked = arguments.parse_args()
    random = Random(0)
    texts = read(asked.data, random)[: asked.rows + asked.new] if asked.data else drawn(asked.rows + asked.new, random)
    one_step(texts[-asked.new :], texts[: -asked.new], asked, random)
    whole_set(texts[: asked.rows], asked, random)


def one_step(new, texts, asked, random):
    before = perf_counter()
    pool = Pool(texts)
    print(f"{len(pool):,} texts in the pool, made in {perf_counter() - before:.2f} s; {len(new)} new ones")
    pool.nearest(new, 10)  # imports
    check_step(new, random.sample(texts, min(asked.sample, len(texts))))
    runs = [
        one_run(new, texts, pool, random.sample(texts, min(asked.sample, len(texts)))) for _ in range(asked.repeats)
    ]
    print(f"ours: {median(run[0] for run in runs):.4f} s for all, {median(run[3] for run in runs):.4f} s for one")
    say_ratios(runs)
    for rows in (10_000, 52_002, 200_000):
        grown_pool(rows, new)


def whole_set(texts, asked, random):
    print(f"\nThe novelty filter over {len(texts):,} instructions")
    check_set(enlarged(random.sample(texts, min(200, len(texts))), 300, random))
    kept = novel(word_rows(texts)).row < 0  # compiles
    comparisons = int((np.cumsum(kept) - kept).sum())
    runs = [filter_run(texts, random, comparisons) for _ in range(asked.repeats)]
    ours = median(run[0] for run in runs)
    print(f"ours: {ours:.3f} s, {np.count_nonzero(kept):,} kept; the loop makes {comparisons:,} comparisons")
    say_ratios(runs)
    for rows in (10_000, 52_002, 200_000, *([1_000_000] if asked.large else [])):
        grown_set(enlarged(texts, rows, random))


def one_run(new, texts, pool, sample):
    """Seconds of ours for all, of both loops scaled to the whole pool, and of ours for one."""
    share = len(sample) / len(texts)
    kept = [tokenize.tokenize(text, None) for text in sample]
    ours = timed(lambda: pool.nearest(new, 10))
    first = timed(lambda: [ten([SCORER.score(text, other) for other in sample], "rougeL") for text in new])
    second = timed(lambda: [ten([{"rougeL": score} for score in loop(text, kept)], "rougeL") for text in new])
    one = timed(lambda: pool.nearest(new[:1], 10))
    return ours, first / share, second / share, one


def filter_run(texts, random, comparisons, sample=4000):
    """Seconds of ours, and of both loops scaled to all their comparisons."""
    ours = timed(lambda: novel(word_rows(texts), BOUND), process_time)
    pairs = [random.sample(texts, 2) for _ in range(sample)]
    tokens = [[tokenize.tokenize(text, None) for text in pair] for pair in pairs]
    first = timed(lambda: [SCORER.score(*pair)["rougeL"].fmeasure > BOUND for pair in pairs], process_time)
    second = timed(lambda: [rouge_scorer._score_lcs(*pair).fmeasure > BOUND for pair in tokens], process_time)
    return ours, first / sample * comparisons, second / sample * comparisons


def say_ratios(runs):
    for name, at in (("Self-Instruct's loop", 1), ("Alpaca's loop", 2)):
        ratios = sorted(run[at] / run[0] for run in runs)
        seconds = median(run[at] for run in runs)
        print(f"{name}: {seconds:,.1f} s (scaled), ratio {median(ratios):,.0f} [{ratios[0]:,.0f}–{ratios[-1]:,.0f}]")


def loop(text, kept):
    own = tokenize.tokenize(text, None)
    return [rouge_scorer._score_lcs(own, tokens) for tokens in kept]


def ten(scores, name):
    """What both codes note: the ten most similar, and the mean."""
    values = [score[name].fmeasure for score in scores]
    return np.argsort(values)[-10:][::-1], float(np.mean(values))


def check_step(new, sample):
    """All scores, the ten highest bit by bit, and the decisions at 0.7 are those of the loop, where all is ASCII."""
    new, sample = ([text for text in texts if text.isascii()] for texts in (new, sample))
    pool = Pool(sample)
    scores, nearest = pool.scores(new), pool.nearest(new, 10)
    for at, text in enumerate(new):
        expected = [SCORER.score(other, text)["rougeL"].fmeasure for other in sample]
        assert np.abs(scores[at] - expected).max() < 1e-7
        assert [near.similarity for near in nearest[at].nearest] == sorted(expected, reverse=True)[:10]
        assert (nearest[at].most > BOUND) == (max(expected) > BOUND)
    print(f"same as rouge_score on {len(new) * len(sample):,} pairs")


def check_set(texts):
    """What the loop keeps, and all pairs from the floor upwards with their scores bit by bit, where all is ASCII."""
    texts = [text for text in texts if text.isascii()]
    scores = {pair: SCORER.score(*pair)["rougeL"].fmeasure for pair in combinations(texts, 2)}
    kept = []
    for text in texts:
        if not any(scores[other, text] > BOUND for other in kept):
            kept.append(text)
    rows = word_rows(texts)
    assert [texts[at] for at in np.flatnonzero(novel(rows, BOUND).row < 0)] == kept
    found = rouge_pairs(rows, FLOOR)
    ours = {(texts[a], texts[b]): score for a, b, score in zip(*found[:3], strict=True)}
    assert ours == {pair: score for pair, score in scores.items() if score >= FLOOR}
    print(f"same as rouge_score on {len(scores):,} pairs: {len(kept)} kept, {len(ours)} pairs from {FLOOR} upwards")


def grown_pool(rows, new):
    before = perf_counter()
    pool = Pool(drawn(rows, Random(1)))
    made = perf_counter() - before
    print(f"{rows:>9,} rows: made in {made:.2f} s, {len(new)} new {1e3 * best(lambda: pool.nearest(new, 10)):.1f} ms")


def grown_set(texts):
    before = process_time()
    rows = word_rows(texts)
    times = {"words": process_time() - before}
    times["filter"] = timed(lambda: novel(rows, BOUND), process_time)
    once = rows.among(np.flatnonzero(rows.first() == np.arange(len(texts))))
    before = process_time()
    pairs = rouge_pairs(once, FLOOR)
    times[f"{len(pairs.a):,} pairs"] = process_time() - before
    times["nearest earlier"] = timed(lambda: nearest_earlier(once, pairs), process_time)
    shown = ", ".join(f"{name} {seconds:.2f} s" for name, seconds in times.items())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(f"{len(texts):>9,} rows: {shown}; peak memory {peak:.1f} GiB")


def best(step):
    return min(timed(step) for _ in range(3))


def timed(step, clock=perf_counter):
    before = clock()
    step()
    return clock() - before


def drawn(rows, random):
    """Texts of 3 to 40 words, ten on average, from the words of the seed tasks and as frequent as there."""
    tasks = [json.loads(line) for line in SEEDS.read_text(encoding="utf-8").splitlines()]
    text = " ".join(" ".join([task["instruction"], task["instances"][0]["output"]]) for task in tasks)
    vocabulary = [word for word in words(text) if word.isascii()]
    lengths = [min(max(3, round(random.lognormvariate(2.2, 0.45))), 40) for _ in range(rows)]
    return [" ".join(random.choices(vocabulary, k=length)) for length in lengths]


def enlarged(texts, rows, random):
    """So many rows: these texts, then copies of them in which every fourth word on average is another one."""
    vocabulary = [word for text in random.sample(texts, min(2000, len(texts))) for word in text.split()]
    copies = (random.choice(texts).split() for _ in range(max(0, rows - len(texts))))
    edited = (
        " ".join(random.choice(vocabulary) if random.random() < 0.25 else word for word in text) for text in copies
    )
    return [*texts[:rows], *dict.fromkeys(edited)]


def read(path, random):
    with (gzip.open if path.suffix == ".gz" else open)(path, "rt", encoding="utf-8") as lines:
        texts = [json.loads(line)["instruction"] for line in lines]
    random.shuffle(texts)
    return texts


if __name__ == "__main__":
    main()
