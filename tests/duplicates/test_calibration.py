"""Thresholds and scores from labelled pairs."""

import json
import os
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curation.duplicates import (
    NAMES,
    OURS,
    band_of,
    bands,
    columns_of,
    differences,
    facts_of,
    fit_scorer,
    leaning,
    propose,
    table,
    wilson,
)
from curation.embedders import MiniLM
from curation.errors import NotReady
from curation.sample import Sample

DATA = Path(os.environ.get("SIFT_DATA", "no such folder")) / "near_dup_dev.jsonl"


def labelled(n: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Pairs that are duplicates the more likely the more similar they are."""
    random = np.random.default_rng(seed)
    similarity = random.uniform(0.7, 1, n).astype(np.float32)
    return similarity, random.random(n) < 1 / (1 + np.exp(-40 * (similarity - 0.875)))


def plain_f1(similarity: np.ndarray, duplicate: np.ndarray, threshold: float) -> float:
    called = similarity >= np.float32(threshold)
    return 2 * float((called & duplicate).sum()) / max(int(called.sum() + duplicate.sum()), 1)


@settings(deadline=None, max_examples=20)
@given(st.integers(0, 1000), st.integers(30, 60))
def test_where_all_pairs_are_labelled_the_proposal_has_the_best_f1_of_all(seed: int, n: int) -> None:
    similarity, duplicate = labelled(n, seed)
    if duplicate.all() or not duplicate.any():
        return
    found = propose((similarity, duplicate))
    assert found.best.f1 == pytest.approx(max(plain_f1(similarity, duplicate, t) for t in similarity))
    assert found.best.f1 == pytest.approx(plain_f1(similarity, duplicate, found.best.threshold))
    assert found.low <= found.high
    recalls = [point.recall for point in found.curve]
    assert recalls == sorted(recalls)
    for threshold in (0.7, float(similarity[0]), 0.9):
        assert found.at(threshold).f1 == pytest.approx(plain_f1(similarity, duplicate, threshold))


def test_few_labels_or_one_kind_of_them_propose_nothing() -> None:
    with pytest.raises(NotReady, match="30 labels"):
        propose(labelled(29, 0))
    with pytest.raises(NotReady):
        propose((np.full(40, 0.9, np.float32), np.ones(40, np.bool_)))


def test_the_proposal_of_many_labels_is_near_the_truth_and_its_interval_holds_it() -> None:
    found = propose(labelled(1000, 1))
    assert found.low <= found.best.threshold <= found.high
    assert found.high - found.low < 0.08
    assert found.best.threshold == pytest.approx(0.87, abs=0.03)


def test_thirty_labels_of_a_thousand_pairs_lose_little() -> None:
    """Spread over the bands, on forty draws: at most 0.03 of F1 on average."""
    lost = []
    for seed in range(40):
        similarity, duplicate = labelled(1000, seed)
        which = band_of(similarity)
        chosen = np.concatenate([np.flatnonzero(which == band)[:5] for band in range(6)])
        found = propose((similarity[chosen], duplicate[chosen]), similarity)
        best = max(plain_f1(similarity, duplicate, t) for t in np.linspace(0.7, 1, 121))
        lost.append(best - plain_f1(similarity, duplicate, found.best.threshold))
        assert leaning((similarity[chosen], duplicate[chosen]), similarity, 0.7) == found.best.threshold
    assert np.mean(lost) < 0.03


def test_what_is_expected_counts_pairs_without_a_label() -> None:
    similarity, duplicate = labelled(40, 3)
    pool = np.concatenate([similarity, np.full(5000, 0.71, np.float32)])
    alone, among = propose((similarity, duplicate)), propose((similarity, duplicate), pool)
    assert among.at(0.7).precision < 0.2 < alone.at(0.7).precision
    assert among.at(1.01) == (1.01, 1, 0, 0)


def test_bands_count_every_label_once() -> None:
    similarity = np.array([0.5, 0.7, 0.75, 0.9, 1.0], np.float32)
    found = bands(similarity, np.array([False, True, True, False, True]))
    assert [(band.low, band.labels, band.duplicates) for band in found] == [
        (0.7, 2, 1), (0.75, 1, 1), (0.8, 0, 0), (0.85, 0, 0), (0.9, 1, 0), (0.95, 1, 1)
    ]  # fmt: skip
    assert (found[2].least, found[2].most) == wilson(0, 0) == (0, 1)


def test_bands_begin_where_the_similarities_do() -> None:
    similarity = np.array([0.1, 0.55, 1.0], np.float32)
    assert [band.low for band in bands(similarity, np.ones(3, np.bool_), 0.4)] == [0.4, 0.5, 0.6, 0.7, 0.8, 0.9]
    assert band_of(similarity, 0.4).tolist() == [0, 1, 5]


@given(st.integers(0, 50), st.integers(1, 50))
def test_a_wilson_interval_holds_the_share(hits: int, more: int) -> None:
    n = hits + more
    low, high = wilson(hits, n)
    assert 0 <= low <= hits / n + 1e-12
    assert hits / n - 1e-12 <= high <= 1


def test_a_score_learns_what_tells_duplicates_apart() -> None:
    random = np.random.default_rng(0)
    columns = random.random((200, len(NAMES)))
    duplicate = columns[:, 4] < 0.5
    scorer = fit_scorer(columns, duplicate)
    assert ((scorer(columns) > 0.5) == duplicate).mean() > 0.95
    assert min(scorer.coefficients) == scorer.coefficients[4]
    with pytest.raises(NotReady):
        fit_scorer(columns[:20], duplicate[:20])


def test_our_score_falls_where_numbers_differ() -> None:
    pairs = [("List 3 rivers in Peru", "Name 3 rivers in Peru"), ("List 3 rivers in Peru", "List 4 rivers in Peru")]
    found = [differences(*(facts_of(Sample(text), "prompt") for text in pair)) for pair in pairs]
    same, other = OURS(columns_of(np.array([0.95, 0.95], np.float32), table(found)))
    assert same > 0.5 > other - 0.2
    assert other < same


@pytest.mark.skipif(not DATA.exists(), reason="SIFT_DATA does not name a folder with near_dup_dev.jsonl")
def test_on_real_pairs_the_proposal_is_near_the_best_and_the_score_beats_it() -> None:
    rows = [row for row in map(json.loads, DATA.read_text().splitlines()) if not row["ambiguous"]]
    sides = [[Sample(row[side], row[f"{side}_input"]) for row in rows] for side in "ab"]
    duplicate = np.array([row["duplicate"] for row in rows])
    vectors = [np.zeros((len(rows), 384), np.float32) for _ in sides]
    for side, into in zip(sides, vectors, strict=True):
        for places, batch in MiniLM().embed_batches([sample.prompt for sample in side]):
            into[np.array(places)] = batch
    cosine = np.einsum("ij,ij->i", *vectors)
    best = max(plain_f1(cosine, duplicate, threshold) for threshold in cosine)
    assert propose((cosine, duplicate)).best.f1 >= best - 0.03
    found = [differences(facts_of(a, "prompt"), facts_of(b, "prompt")) for a, b in zip(*sides, strict=True)]
    score = OURS(columns_of(cosine, table(found))).astype(np.float32)
    assert plain_f1(score, duplicate, 0.5) > best + 0.03
