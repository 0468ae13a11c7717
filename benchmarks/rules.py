"""Rules on measured values: ours against pandas and against a filter row by row, with the same result.

Twenty rules, four of them on labels and four with a condition; every number of the Filters page is computed: removed
by each rule, by it alone, left after each, and the overlap of every two. Pandas computes the same but the overlap.
Row by row, as dataset libraries filter, only what is kept is computed.

python benchmarks/rules.py [--rows 10000 52000 200000 1000000]
"""

import argparse
import tracemalloc
from time import perf_counter

import numpy as np
import pandas as pd

from curation.recipe import Labels, Rule, When, outs

NAMES = ["classification", "generation", "editing", "", "questions"]
LIMIT = {52_000: 50, 1_000_000: 500}
"""Milliseconds that ours may take, by rows."""


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--rows", type=int, nargs="*", default=[10_000, 52_000, 200_000, 1_000_000])
    for rows in arguments.parse_args().rows:
        report(rows)


def report(n):
    rules, columns, texts = made(n)
    ours, (failing, alone, left, _) = best(lambda: numbers(rules, columns, n))
    frame = pd.DataFrame({**columns, **texts}).astype(dict.fromkeys(texts, "category"))
    theirs, expected = best(lambda: in_pandas(rules, frame), 3)
    equal = "same" if (failing, alone, left) == expected else "DIFFERENT"
    tracemalloc.start()
    numbers(rules, columns, n)
    peak = tracemalloc.get_traced_memory()[1] / 2**20
    tracemalloc.stop()
    print(f"{n:>9,} rows, {len(rules)} rules: {1e3 * ours:7.1f} ms, {peak:5.1f} MiB; ", end="")
    print(f"pandas {1e3 * theirs:8.1f} ms, ratio {theirs / ours:5.1f}, {equal}", end="")
    if n <= 100_000:
        slow, kept = best(lambda: row_by_row(rules, columns, texts, n), 1)
        equal = "same" if kept == dict(left)[rules[-1].signal] else "DIFFERENT"
        print(f"; row by row {1e3 * slow:8.0f} ms, ratio {slow / ours:6.0f}, {equal}", end="")
    limit = LIMIT.get(n)
    print(f"; limit {limit} ms {'met' if 1e3 * ours <= limit else 'NOT MET'}" if limit else "")


def numbers(rules, columns, n):
    found = outs(rules, columns, n)
    return found.failing(), found.alone(), found.left(), found.overlap()


def made(n):
    """Rules that each remove a few percent, and columns of which a tenth is missing."""
    random = np.random.default_rng(0)
    rules, columns, texts = [], {}, {}
    for place in range(16):
        values = random.normal(size=n)
        values[random.random(n) < 0.1] = np.nan
        columns[f"n{place}"] = values
        when = When(signal="t0", words=("generation",)) if place % 4 == 0 else None
        rules.append(Rule(signal=f"n{place}", least=-2.2, most=2.0 if place % 2 else None, when=when))
    for place in range(4):
        texts[f"t{place}"] = random.choice(NAMES, n, p=[0.4, 0.3, 0.2, 0.05, 0.05]).tolist()
        columns[f"t{place}"] = Labels.of(texts[f"t{place}"])
        rules.append(Rule(signal=f"t{place}", words=("classification", "generation", "editing")))
    return rules, columns, texts


def in_pandas(rules, frame):
    fails = pd.DataFrame({rule.signal: _fails(rule, frame) for rule in rules})
    many = fails.sum(axis=1)
    left = (~fails).cummin(axis=1).sum()
    failing, alone = fails.sum(), fails[many == 1].sum()
    return failing.to_dict(), alone.to_dict(), list(left.to_dict().items())


def _fails(rule, frame):
    values = frame[rule.signal]
    if rule.words:
        return ~(values.isin(rule.words) | (values == ""))
    out = pd.Series(False, frame.index)
    if rule.least is not None:
        out |= values < rule.least
    if rule.most is not None:
        out |= values > rule.most
    return out & frame[rule.when.signal].isin(rule.when.words) if rule.when else out


def row_by_row(rules, columns, texts, n):
    lists = {name: texts.get(name) or column.tolist() for name, column in columns.items()}
    return sum(all(_keeps(rule, lists, number) for rule in rules) for number in range(n))


def _keeps(rule, lists, number):
    if rule.when and lists[rule.when.signal][number] not in rule.when.words:
        return True
    value = lists[rule.signal][number]
    if rule.words:
        return value == "" or value in rule.words
    below = rule.least is not None and value < rule.least
    return not (below or (rule.most is not None and value > rule.most))


def best(function, times=5):
    """Give (seconds of the fastest run, its result)."""
    runs = []
    for _ in range(times):
        before = perf_counter()
        result = function()
        runs.append(perf_counter() - before)
    return min(runs), result


if __name__ == "__main__":
    main()
