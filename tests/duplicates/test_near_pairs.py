"""Pairs among very many vectors: nearly all are found, each once, and the share that is told is true."""

import numpy as np
import pytest

from curation.duplicates import all_pairs, near_pairs
from curation.duplicates.bound import Half, Plain
from curation.errors import Cancelled


def planted(n, dimension, seed, noise):
    """Unit rows, every other one near the one before."""
    random = np.random.default_rng(seed)
    rows = np.repeat(random.normal(size=(n // 2, dimension)), 2, axis=0)
    rows[1::2] += noise * random.normal(size=(n // 2, dimension))
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


def clustered(n, dimension, seed):
    """Unit rows around fewer and fewer centres, as texts are: topics, tasks, wordings."""
    random = np.random.default_rng(seed)
    rows = np.zeros((n, dimension))
    group = random.integers(n // 4, size=n)
    for centres, weight in ((12, 0.5), (n // 40, 0.6), (n // 4, 0.6)):
        rows += weight * random.normal(size=(centres, dimension))[group % centres]
    rows += 0.35 * random.normal(size=(n, dimension))
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


def keys(pairs):
    return pairs.a.astype(np.int64) << 32 | pairs.b


@pytest.fixture(params=[Plain, Half])
def form(request, monkeypatch):
    """Each form of the bounds, whatever this processor has."""
    for module in ("pairs", "cells"):
        monkeypatch.setattr(f"curation.duplicates.{module}.bounds", request.param)
    return request.param


@pytest.mark.usefixtures("form")
def test_planted_pairs_are_found_and_the_recall_is_true():
    vectors = clustered(3000, 160, 0)
    every, found = all_pairs(vectors, 0.8), near_pairs(vectors, 0.8, exact=1000)
    assert len(every) > 2000
    assert np.array_equal(keys(found), np.unique(keys(found)))
    assert (found.a < found.b).all()
    there = np.isin(keys(every), keys(found))
    assert np.isin(keys(found), keys(every)).all()
    assert np.array_equal(found.similarity, every.similarity[there])
    assert there.mean() >= 0.99
    assert found.recall == pytest.approx(there.mean(), abs=0.01)
    assert there[every.similarity >= 0.9].mean() >= 0.998


def test_pairs_far_from_everything_else_are_found():
    vectors = planted(5000, 64, 1, 0.3)
    every, found = all_pairs(vectors, 0.85), near_pairs(vectors, 0.85, exact=0)
    assert len(every) >= 2400
    assert np.isin(keys(every), keys(found)).mean() >= 0.99
    assert found.recall >= 0.99


def test_up_to_the_limit_every_pair_is_looked_at():
    vectors = clustered(900, 40, 2)
    every, found = all_pairs(vectors, 0.7), near_pairs(vectors, 0.7, exact=900)
    assert np.array_equal(keys(found), keys(every))
    assert found.recall == 1


@pytest.mark.usefixtures("form")
def test_too_many_pairs_raise_the_floor_and_the_recall_is_of_what_is_above_it():
    vectors = clustered(3000, 40, 3)
    every, capped = all_pairs(vectors, 0.3), near_pairs(vectors, 0.3, most=20_000, exact=0)
    assert len(every) > 60_000
    assert 5_000 < len(capped) <= 20_000
    assert capped.floor > 0.3
    near = every.similarity >= np.float32(capped.floor)
    assert capped.recall == pytest.approx(np.isin(keys(every)[near], keys(capped)).mean(), abs=0.02)


@pytest.mark.usefixtures("form")
@pytest.mark.parametrize("n", [1, 2, 5])
def test_tiny_sets(n):
    vectors = np.ones((n, 3), np.float32) / np.float32(3**0.5)
    found = near_pairs(vectors, 0.7, exact=0)
    assert len(found) == n * (n - 1) // 2
    assert found.recall == 1


def test_the_same_vectors_give_the_same_pairs():
    vectors = clustered(3000, 96, 4)
    once, again = (near_pairs(vectors, 0.7, exact=0) for _ in range(2))
    assert np.array_equal(keys(once), keys(again))
    assert once.recall == again.recall


def test_progress_grows_and_can_stop():
    seen = []
    near_pairs(clustered(2500, 40, 5), 0.9, lambda done, total: seen.append((done, total)), exact=0)
    assert sorted(seen) == seen
    assert 0.5 < seen[-1][0] / seen[-1][1] <= 1
    with pytest.raises(Cancelled):
        near_pairs(clustered(600, 40, 5), 0.9, stop, exact=0)
    with pytest.raises(ValueError, match="floor"):
        near_pairs(clustered(60, 40, 5), 0, exact=0)


def stop(done, total):
    raise Cancelled(f"stopped at {done} of {total}")
