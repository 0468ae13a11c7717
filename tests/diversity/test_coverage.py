"""Coverage by distances, against a plain look at all pairs, and the two-sample test on sides with known answers."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from curation.diversity.coverage import nearest, share_within
from curation.diversity.two_samples import two_samples


def unit(chance: np.random.Generator, n: int, off: float = 0.0, columns: int = 12) -> np.ndarray:
    rows = chance.normal(size=(n, columns)).astype(np.float32)
    rows[:, 0] += off
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


@given(st.integers(1, 1300), st.integers(1, 40), st.integers(0, 5))
def test_both_ways_are_those_of_all_pairs(n, m, seed):
    chance = np.random.default_rng(seed)
    samples, items = unit(chance, n), unit(chance, m)
    found, all_pairs = nearest(samples, items), samples @ items.T
    np.testing.assert_allclose(found.item_distance, 1 - all_pairs.max(axis=0), atol=1e-5)
    np.testing.assert_allclose(found.sample_distance, 1 - all_pairs.max(axis=1), atol=1e-5)
    np.testing.assert_allclose(all_pairs[found.of_items, np.arange(m)], all_pairs.max(axis=0), atol=1e-5)
    np.testing.assert_allclose(all_pairs[np.arange(n), found.of_samples], all_pairs.max(axis=1), atol=1e-5)


def test_an_empty_side_is_refused_and_progress_is_told():
    rows = unit(np.random.default_rng(0), 600)
    told = []
    nearest(rows, rows[:3], lambda done, of: told.append((done, of)))
    assert told == [(512, 600), (600, 600)]
    with pytest.raises(ValueError, match="need a row"):
        nearest(rows, rows[:0])


@given(st.lists(st.floats(0, 2, width=32), max_size=30))
def test_coverage_grows_with_the_distance(distances):
    steps = [0.0, 0.25, 0.5, 1.0, 2.0]
    shares = share_within(np.array(distances, np.float32), steps)
    assert shares == sorted(shares)
    assert shares[-1] == (1.0 if distances else 0.0)


def test_sides_of_one_source_are_seldom_called_different():
    """The p-value is at or below 5 % in about 5 % of such cases."""
    low = 0
    for seed in range(200):
        chance = np.random.default_rng(seed)
        low += two_samples(unit(chance, 30), unit(chance, 40), seed, permutations=99).p <= 0.05
    assert 2 <= low <= 20


def test_sides_of_two_sources_are_told_apart():
    chance = np.random.default_rng(5)
    found = two_samples(unit(chance, 300), unit(chance, 200, off=1.0), most=150)
    assert (found.n, found.m, found.p) == (150, 150, 1 / 1000)
    assert 0 < found.share < 1


def test_the_energy_is_that_of_its_definition():
    chance = np.random.default_rng(6)
    one, other = unit(chance, 20), unit(chance, 15)

    def mean(a, b):
        return np.linalg.norm(a[:, None] - b[None], axis=2).mean()

    expected = 2 * mean(one, other) - mean(one, one) - mean(other, other)
    assert two_samples(one, other).energy == pytest.approx(expected, rel=1e-3)
    assert two_samples(one, other) == two_samples(one, other)


def test_equal_sides_lie_at_no_distance():
    rows = unit(np.random.default_rng(7), 20)
    found = two_samples(rows, rows)
    assert found.energy == pytest.approx(0, abs=1e-3)
    assert found.p == 1
    with pytest.raises(ValueError, match="two rows"):
        two_samples(rows, rows[:1])
