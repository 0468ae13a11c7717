"""Telling duplicates apart: the calibrated score against plain cosine, cross-validated on labelled pairs.

python benchmarks/calibration.py --data labelled.jsonl

The data are JSON lines with a, a_input, b, b_input and duplicate (true or false); lines with "ambiguous": true are left
out. Both sides see the same folds (5 folds, 10 shuffles): the peer picks the cosine threshold with the best F1 on four
of them, ours fits its model on the same four and calls duplicates what it gives 0.5 or more; F1 is of the fifth folds
taken together. Also: what folklore thresholds score, what a threshold proposed from 30 random labels loses against the
best possible one, and the numbers to put into `curation/duplicates/score.py`.
"""

import argparse
import json
from pathlib import Path

import numpy as np
from sklearn.model_selection import StratifiedKFold

from curation.duplicates import NAMES, OURS, columns_of, differences, facts_of, fit_scorer, propose, table
from curation.embedders import MiniLM
from curation.sample import Sample


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--data", type=Path, help="labelled pairs, .jsonl")
    asked = arguments.parse_args()
    if asked.data is None:
        print("skipped: no labelled pairs; name them with --data")
        return
    cosine, columns, duplicate = read(asked.data)
    print(f"{len(duplicate)} pairs, {duplicate.sum()} duplicates")
    best = max(f1(cosine >= cut, duplicate) for cut in cosine)
    proposed = propose(cosine, duplicate)
    print(
        f"cosine, all labels: best F1 {best:.3f}, proposed {proposed.best.threshold:.3f} with {proposed.best.f1:.3f}, ",
        end="",
    )
    print(f"interval {proposed.low:.3f} to {proposed.high:.3f}")
    print("folklore: " + ", ".join(f"{cut} F1 {f1(cosine >= np.float32(cut), duplicate):.3f}" for cut in (0.9, 0.95)))
    lost = [best - f1(cosine >= np.float32(cut), duplicate) for cut in from_thirty(cosine, duplicate)]
    print(
        f"proposed from 30 random labels: loses {np.mean(lost):.3f} F1 on average, {np.median(lost):.3f} at the median"
    )
    scores = [cross_validated(cosine, columns, duplicate, seed) for seed in range(10)]
    ours, theirs = np.mean(scores, axis=0)
    print(f"cross-validated F1: score {ours:.3f}, cosine {theirs:.3f}, ratio {ours / theirs:.2f}, ", end="")
    print(f"ahead in {sum(a > b for a, b in scores)} of {len(scores)} shuffles")
    print(f"as shipped, on all pairs: F1 {f1(OURS(columns) >= 0.5, duplicate):.3f}")
    fitted = fit_scorer(columns, duplicate)
    for name in ("means", "scales", "coefficients"):
        print(f"{name}=({', '.join(f'{value:.4f}' for value in getattr(fitted, name))})")
    print(f"intercept={fitted.intercept:.4f}, in the order of {', '.join(NAMES)}")


def read(path):
    rows = [row for row in map(json.loads, path.read_text().splitlines()) if not row.get("ambiguous")]
    sides = [[Sample(row[side], row[f"{side}_input"]) for row in rows] for side in "ab"]
    a, b = (embedded([sample.prompt for sample in side]) for side in sides)
    cosine = np.einsum("ij,ij->i", a, b)
    found = [differences(facts_of(x, "prompt"), facts_of(y, "prompt")) for x, y in zip(*sides, strict=True)]
    return cosine, columns_of(cosine, table(found)), np.array([row["duplicate"] for row in rows])


def embedded(texts):
    rows = np.zeros((len(texts), 384), np.float32)
    for places, vectors in MiniLM().embed_batches(texts):
        rows[np.array(places)] = vectors
    return rows


def f1(called, duplicate):
    return 2 * (called & duplicate).sum() / max(called.sum() + duplicate.sum(), 1)


def from_thirty(cosine, duplicate):
    random = np.random.default_rng(0)
    for _ in range(200):
        chosen = random.choice(len(duplicate), 30, replace=False)
        if 0 < duplicate[chosen].sum() < 30:
            yield propose(cosine[chosen], duplicate[chosen]).best.threshold


def cross_validated(cosine, columns, duplicate, seed):
    ours, theirs = np.zeros(len(duplicate), np.bool_), np.zeros(len(duplicate), np.bool_)
    for fit, held in StratifiedKFold(5, shuffle=True, random_state=seed).split(columns, duplicate):
        ours[held] = fit_scorer(columns[fit], duplicate[fit])(columns[held]) >= 0.5
        theirs[held] = cosine[held] >= np.float32(propose(cosine[fit], duplicate[fit]).best.threshold)
    return f1(ours, duplicate), f1(theirs, duplicate)


if __name__ == "__main__":
    main()
