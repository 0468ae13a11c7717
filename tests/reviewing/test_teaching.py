"""What decisions say: a planted reason is found and named, and no reason is found where there is none."""

import numpy as np
import pytest

from curation.reviewing.bounds import find_bounds
from curation.reviewing.foretelling import cross_validated
from curation.reviewing.teaching import learn, most_informative, prepare

N = 3000


def values(seed=0, count=8):
    rng = np.random.default_rng(seed)
    return {f"v{place}": rng.lognormal(size=N) for place in range(count)}


def decided(accepted, n):
    """Verdicts on the first n samples."""
    verdicts = np.zeros(N, np.int8)
    verdicts[:n] = np.where(accepted[:n], 1, -1)
    return verdicts


def test_a_planted_reason_is_found_with_its_direction():
    columns = values()
    noise = np.random.default_rng(5).normal(size=N)
    verdicts = decided(np.log(columns["v3"]) + 0.5 * noise < 0.2, 150)
    found = learn(prepare(columns, verdicts != 0), verdicts)
    assert found.is_something
    assert found.auc > 0.8
    first = found.weights[0]
    assert (first.name, first.is_clear) == ("v3", True)
    assert first.weight < 0
    assert first.low_rate > 0.8 > 0.3 > first.high_rate
    # The chance is for every sample, and right for those that nobody decided on.
    rest = np.arange(150, N)
    assert np.mean((found.chance[rest] > 0.5) == (columns["v3"][rest] < np.exp(0.2))) > 0.85


def test_nothing_is_learned_where_there_is_nothing():
    """Guessing passes for knowledge in few of many sets of decisions without any sense."""
    claims = 0
    for seed in range(12):
        columns = values(seed)
        verdicts = decided(np.random.default_rng(100 + seed).random(N) < 0.6, 60)
        claims += learn(prepare(columns, verdicts != 0), verdicts).is_something
    assert claims <= 2


def test_the_area_is_one_half_for_noise_and_one_for_certainty():
    rng = np.random.default_rng(2)
    x, y = rng.normal(size=(400, 3)), np.arange(400) % 2 == 0
    auc, low, high = cross_validated(x, y)
    assert low < 0.5 < high
    assert 0.4 < auc < 0.6
    auc, low, high = cross_validated(np.where(y, 5.0, -5.0)[:, None] + x, y)
    assert (auc, high) == (1.0, 1.0)
    assert low > 0.85


def test_copies_constants_and_gaps_are_no_columns():
    rng = np.random.default_rng(0)
    first = rng.normal(size=N)
    columns = {
        "first": first, "same": np.exp(first), "constant": np.ones(N), "none": np.full(N, np.nan),
        "rare": np.where(np.arange(N) < 900, first, np.nan),
        "gaps": np.where(np.arange(N) % 7 == 0, np.nan, rng.normal(size=N)),
    }  # fmt: skip
    found = prepare(columns, np.arange(N) > 1000)
    assert found.names == ("first", "gaps")
    assert found.stands_for == {"first": ("same",)}
    assert np.isfinite(found.columns).all()
    assert found.columns[::7, 1].tolist() == [0.0] * len(found.columns[::7])
    nothing = prepare({"constant": np.ones(N)}, np.arange(N) < 60)
    assert not learn(nothing, decided(np.arange(N) % 2 == 0, 60)).is_something


def test_a_planted_bound_is_suggested_with_its_cost_and_none_by_chance():
    columns = values(1)
    bad = columns["v2"] < 0.4
    verdicts = decided(~bad & (np.random.default_rng(1).random(N) < 0.9), 400)
    found = find_bounds(columns, verdicts)
    assert [(cut.name, cut.edge) for cut in found] == [("v2", "least")]
    assert found[0].bound == pytest.approx(0.4, abs=0.15)
    beyond = (columns["v2"] < found[0].bound) & (verdicts != 0)
    assert (found[0].accepted, found[0].rejected) == ((verdicts[beyond] > 0).sum(), (verdicts[beyond] < 0).sum())
    for seed in range(10):
        by_chance = decided(np.random.default_rng(seed).random(N) < 0.7, 300)
        assert not find_bounds(columns, by_chance)


def test_what_is_to_be_looked_at_is_doubtful_and_spread_out():
    rng = np.random.default_rng(0)
    columns = np.repeat(rng.normal(size=(30, 4)), 20, axis=0)
    chance = np.where(np.arange(600) < 400, 0.5, 0.99)
    left = np.arange(10, 600)
    found = most_informative(columns, chance, left, 15)
    assert len({*found}) == 15
    assert all(10 <= one < 400 for one in found)
    # Twenty samples each are alike: one of each is enough.
    assert len({one // 20 for one in found}) == 15
    assert len(most_informative(columns, chance, left[:3], 15)) == 3
    assert most_informative(columns, chance, left[:0], 15) == []
