"""Draws of equal size, and whether their intervals hold what they say."""

import math
from collections import Counter

import numpy as np
import pytest

from curation.diversity import entropy
from curation.diversity.draws import DRAWS, draws, estimate, size_for


def test_draws_are_the_same_for_the_same_seed_and_hold_nothing_twice() -> None:
    one, again, other = (list(draws(100, 25, seed)) for seed in (0, 0, 1))
    assert len(one) == DRAWS
    assert all(len(set(drawn.tolist())) == 25 for drawn in one)
    assert all(np.array_equal(a, b) for a, b in zip(one, again, strict=True))
    assert not all(np.array_equal(a, b) for a, b in zip(one, other, strict=True))


def test_a_collection_is_drawn_from_at_half_its_size_at_most() -> None:
    with pytest.raises(ValueError, match="too few"):
        next(draws(49, 25))
    assert [size_for(count) for count in (39, 40, 4000, 10**6)] == [0, 10, 1000, 1000]


def test_a_number_that_says_nothing_has_no_interval() -> None:
    found = estimate([1.0, math.nan], 10, 100)
    assert math.isnan(found.value)
    assert math.isnan(found.low)
    assert estimate([2.0, 2.0], 10, 100).high == 2.0


def test_about_95_of_100_intervals_hold_the_number_that_they_estimate() -> None:
    """Entropy of 50 unequal kinds at draws of 50: the mean over many fresh samples is the truth."""
    chance = np.random.default_rng(3)
    shares = 1 / np.arange(1, 51)
    shares /= shares.sum()

    def measured(kinds: np.ndarray) -> float:
        return entropy(Counter(kinds.tolist()).values())

    truth = np.mean([measured(chance.choice(50, 50, p=shares)) for _ in range(4000)])
    inside = 0
    for trial in range(300):
        kinds = chance.choice(50, 400, p=shares)
        found = estimate([measured(kinds[drawn]) for drawn in draws(400, 50, trial)], 50, 400)
        inside += found.low <= truth <= found.high
    assert 0.90 <= inside / 300 <= 0.98
