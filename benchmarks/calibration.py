"""Telling duplicates apart: the calibrated score against plain cosine, cross-validated on labelled pairs.

python benchmarks/calibration.py --data labelled.jsonl

The data are JSON lines with a, a_input, b, b_input and duplicate (true or false); lines with "ambiguous": true are left
out. Both sides see the same folds (5 folds, 10 shuffles): the peer picks the cosine threshold with the best F1 on four
of them, ours fits its model on the same four and calls duplicates what it gives 0.5 or more; F1 is of the fifth folds
taken together. Also: what folklore thresholds score, what a threshold proposed from 30 labels loses against the best
possible one, among all pairs and among those without a label, over 200 draws of the labels, by two ways of choosing
them and two of proposing, and the numbers to put into `curation/duplicates/score.py`.
"""

import argparse
import json
from pathlib import Path

import numpy as np
from sklearn.model_selection import StratifiedKFold

from curation.duplicates import (
    LABELS,
    NAMES,
    OURS,
    band_of,
    columns_of,
    differences,
    facts_of,
    fit_scorer,
    leaning,
    propose,
    table,
)
from curation.embedders import MiniLM
from curation.sample import Sample
from curation.stages.calibrating import FIRST
from curation.stages.embedding import FLOOR


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
    proposed = propose((cosine, duplicate))
    print(
        f"cosine, all labels: best F1 {best:.3f}, proposed {proposed.best.threshold:.3f} with {proposed.best.f1:.3f}, ",
        end="",
    )
    print(f"interval {proposed.low:.3f} to {proposed.high:.3f}")
    print("folklore: " + ", ".join(f"{cut} F1 {f1(cosine >= np.float32(cut), duplicate):.3f}" for cut in (0.9, 0.95)))
    for name, chosen in (("at random", at_random), ("as the page asks for them", as_asked)):
        for rule, cut in (("best F1 among the labels alone", best_of_labels), ("ours", ours_of)):
            lost, held = np.array([
                losses(cosine, duplicate, picked, np.float32(cut(cosine, picked, duplicate)))
                for picked in splits(cosine, duplicate, chosen)
            ]).T  # fmt: skip
            print(f"30 labels {name}, {rule}: loses {np.mean(lost):.3f} F1 on average (sd {np.std(lost):.3f}, "
                  f"p90 {np.percentile(lost, 90):.3f}, {len(lost)} splits), {np.mean(held):.3f} on the other pairs "
                  f"(sd {np.std(held):.3f})")  # fmt: skip
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


def splits(cosine, duplicate, chosen):
    for seed in range(200):
        picked = chosen(cosine, duplicate, np.random.default_rng(seed))
        if 0 < duplicate[picked].sum() < len(picked):
            yield picked


def losses(cosine, duplicate, picked, cut):
    """F1 lost against the best threshold: among all pairs, and among those that were not labelled."""
    found = []
    for chosen in (np.ones(len(cosine), np.bool_), ~np.isin(np.arange(len(cosine)), picked)):
        near, said = cosine[chosen], duplicate[chosen]
        found.append(max(f1(near >= level, said) for level in near) - f1(near >= cut, said))
    return found


def at_random(cosine, _duplicate, random):
    return random.choice(len(cosine), LABELS, replace=False)


def as_asked(cosine, duplicate, random):
    """Spread over the bands of what a search keeps, and from a dozen on every other one where the labels lean."""
    picked, which = [], band_of(cosine, FLOOR)
    left = set(np.flatnonzero(cosine >= FLOOR).tolist())
    while len(picked) < LABELS:
        rest, said = np.array(sorted(left)), (cosine[picked], duplicate[picked])
        if len(picked) >= FIRST and len(picked) % 2 == 0 and 0 < said[1].sum() < len(picked):
            near = leaning(said, cosine[cosine >= FLOOR], FLOOR)
            one = rest[np.argmin(np.abs(cosine[rest] - near))]
        else:
            done = np.bincount(which[picked], minlength=6) if picked else np.zeros(6)
            fewest = min(np.unique(which[rest]).tolist(), key=lambda band: (done[band], -band))
            one = random.choice(rest[which[rest] == fewest])
        picked.append(int(one))
        left.discard(int(one))
    return picked


def best_of_labels(cosine, picked, duplicate):
    labelled, said = cosine[picked], duplicate[picked]
    levels = np.unique(labelled)
    best = max(levels, key=lambda cut: (f1(labelled >= cut, said), cut))
    below = levels[levels < best]
    return (best + below[-1]) / 2 if len(below) else best


def ours_of(cosine, picked, duplicate):
    return propose((cosine[picked], duplicate[picked]), cosine[cosine >= FLOOR], FLOOR).best.threshold


def cross_validated(cosine, columns, duplicate, seed):
    ours, theirs = np.zeros(len(duplicate), np.bool_), np.zeros(len(duplicate), np.bool_)
    for fit, held in StratifiedKFold(5, shuffle=True, random_state=seed).split(columns, duplicate):
        ours[held] = fit_scorer(columns[fit], duplicate[fit])(columns[held]) >= 0.5
        theirs[held] = cosine[held] >= np.float32(best_of_labels(cosine, fit, duplicate))
    return f1(ours, duplicate), f1(theirs, duplicate)


if __name__ == "__main__":
    main()
