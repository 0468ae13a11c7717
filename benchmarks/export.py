"""Files of an export: ours against plain json.dumps, pandas or pyarrow, with the same rows in both files.

Ours takes samples as they stream by, checks each, and waits for the disk; memory is what Python allocates while a file
is written (tracemalloc, in a run of its own), over what the samples themselves take. The peer makes a list of the same
rows first and writes it in one go, as a short script would: json.dumps line by line or of the whole list, pandas for
CSV, pyarrow for Parquet. Both wait for the disk; they run in turn, and the best of `--times` counts.

python benchmarks/export.py [--rows 52000] [--growth 10000 52000 200000] [--times 1]

2026-11-21, 2 cores shared with other work (load 6 to 10), Python 3.11; 52,000 samples, the same rows in both files:

format                          s     MiB    peak  peer s   ratio
openai_chat                  2.42    22.7     0.3    3.01    1.25
alpaca                       1.25    22.2     0.3    1.49    1.19
sharegpt                     1.37    23.3     0.3    1.49    1.09
trl_prompt_completion        1.25    23.4     0.3    1.95    1.56
trl_language_modelling       1.80    22.7     0.3    2.32    1.29
trl_prompt_only              0.95     7.7     0.3    1.22    1.29
trl_preference               0.59    19.4     0.3    1.06    1.80
trl_kto                      1.78    36.3     0.3    2.56    1.44
openai_preference            1.74    20.3     0.3    1.71    0.98
llama_factory_preference     0.33    17.6     0.3    0.20    0.62
llama_factory_kto            1.19    36.2     0.3    1.24    1.04
parquet                      0.28     9.6     3.2    0.33    1.19
csv                          1.38    27.6     0.3    2.14    1.55

openai_chat      10,000   0.38 s   37.6 µs a sample, peak 0.3 MiB, peer's   27 MiB
parquet          10,000   0.50 s   49.7 µs a sample, peak 3.2 MiB, peer's    4 MiB
openai_chat      52,000   1.70 s   32.8 µs a sample, peak 0.3 MiB, peer's  139 MiB
parquet          52,000   2.50 s   48.1 µs a sample, peak 3.2 MiB, peer's   20 MiB
openai_chat     200,000   8.15 s   40.8 µs a sample, peak 0.3 MiB, peer's  534 MiB
parquet         200,000   8.67 s   43.3 µs a sample, peak 3.2 MiB, peer's   75 MiB
"""

import argparse
import csv
import json
import os
import random
import tempfile
import tracemalloc
from itertools import chain
from pathlib import Path
from time import perf_counter

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from curation.exporters import FORMATS, write_rows
from curation.sample import Sample

LIMIT = 5.0
"""Seconds that 52,000 rows of any format may take."""
WORDS = ["the", "of", "a", "river", "lamp", "colour", "answer", "seven", "slowly", "東京", "naïve", "«quote»", "“x”"]


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--rows", type=int, default=52_000)
    arguments.add_argument("--growth", type=int, nargs="*", default=[10_000, 52_000, 200_000])
    arguments.add_argument("--times", type=int, default=1)
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        samples = made(given.rows)
        print(f"{given.rows:,} samples, half of them pairs of a chosen and a rejected answer")
        for name in FORMATS:
            compare(Path(folder), FORMATS[name](), samples, given.times)
        print("\ngrowth of openai_chat and parquet")
        for rows in given.growth:
            samples = made(rows)
            for name in ("openai_chat", "parquet"):
                grow(Path(folder), FORMATS[name](), samples)


def made(count):
    """Samples as long as those of Alpaca: some 14 words asked, some 44 answered."""
    chance = random.Random(0)

    def text(mean):
        return " ".join(chance.choices(WORDS, k=1 + int(chance.expovariate(1 / mean))))

    return [
        Sample(f"{n} {text(13)}", text(10) if n % 3 == 0 else "", text(43), rejected=text(43) if n % 2 else "")
        for n in range(count)
    ]


def compare(folder, form, samples, times):
    ours, theirs = folder / "ours", folder / "theirs"
    own, other = [], []
    for _ in range(times):
        own.append(timed(lambda: write(ours, form, samples), ours))
        other.append(timed(lambda: peer(theirs, form, samples), theirs))
    write(ours, form, samples)
    peer(theirs, form, samples)
    same = "same" if read(ours, form) == read(theirs, form) else "DIFFERENT"
    size = ours.stat().st_size / 2**20
    for path in (ours, theirs):
        path.unlink()
    held = memory(lambda: write(ours, form, samples), ours)
    verdict = f"limit {LIMIT:.0f} s {'met' if min(own) <= LIMIT else 'NOT MET'}"
    print(
        f"{form.name:>26}: {min(own):5.2f} s, {size:5.1f} MiB, peak {held:5.1f} MiB; "
        f"peer {min(other):5.2f} s; ratio {min(other) / min(own):4.2f}, {same}; {verdict}",
        flush=True,
    )


def grow(folder, form, samples):
    path = folder / "ours"
    took = timed(lambda: write(path, form, samples), path)
    held = memory(lambda: write(path, form, samples), path)
    needed = memory(lambda: peer(path, form, samples), path)
    per = f"{1e6 * took / len(samples):5.1f} µs a sample"
    print(
        f"{len(samples):>9,} {form.name:>12}: {took:5.2f} s, {per}, peak {held:.1f} MiB (peer {needed:.0f})", flush=True
    )


def rows_of(form, samples):
    return chain.from_iterable(form.rows(sample) for sample in samples if form.accepts(sample))


def write(path, form, samples):
    write_rows(path, form.container, form.columns(), rows_of(form, samples))


def peer(path, form, samples):
    rows = list(rows_of(form, samples))
    if form.container == "parquet":
        pq.write_table(pa.Table.from_pylist(rows), path)
    elif form.container == "csv":
        pd.DataFrame(rows).to_csv(path, index=False, quoting=csv.QUOTE_ALL, encoding="utf-8-sig")
    elif form.container == "jsonl":
        path.write_text("".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows), encoding="utf-8")
    else:
        path.write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")
    with path.open("rb") as file:
        os.fsync(file.fileno())


def read(path, form):
    if form.container == "parquet":
        return pq.read_table(path).to_pylist()
    if form.container == "csv":
        with path.open(encoding="utf-8-sig", newline="") as file:
            return list(csv.reader(file))
    text = path.read_text(encoding="utf-8")
    return json.loads(text) if form.container == "json list" else [json.loads(line) for line in text.split("\n")[:-1]]


def timed(work, path):
    path.unlink(missing_ok=True)
    start = perf_counter()
    work()
    took = perf_counter() - start
    path.unlink()
    return took


def memory(work, path):
    """MiB that were allocated at the highest point, beyond what was there."""
    tracemalloc.start()
    work()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    path.unlink()
    return peak / 2**20


if __name__ == "__main__":
    main()
