"""Orders of the review queue, on columns alone."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from curation.reviewing.doubt import CLOSE, Part, apart, doubt, hardly_seen, near_bound, near_threshold
from curation.reviewing.orders import ORDERS, Waiting


def waiting(n: int, seed: int = 0, clusters: int = 3) -> Waiting:
    rng = np.random.default_rng(seed)
    return Waiting(
        np.sort(rng.choice(10 * n + 1, n, replace=False)).astype(np.int32),
        rng.random(n),
        rng.integers(-1, clusters, n).astype(np.int32),
        np.zeros(n, np.int64),
        rng.random(n),
        rng.uniform(0.2, 0.5, n),
    )


@pytest.mark.parametrize("name", ORDERS)
@given(n=some.integers(0, 60), seed=some.integers(0, 5))
def test_every_order_has_every_sample_once(name: str, n: int, seed: int) -> None:
    assert sorted(ORDERS[name]()(waiting(n, seed)).tolist()) == list(range(n))


def test_an_order_says_what_it_is() -> None:
    assert all(order.label() and order.__doc__ for order in ORDERS.values())
    assert len({order.label() for order in ORDERS.values()}) == len(ORDERS)


def test_clusters_take_turns_and_those_asked_of_already_wait() -> None:
    found = waiting(90)
    first = found.clusters[ORDERS["by cluster"]()(found)]
    for turn in range(5):
        assert sorted(first[4 * turn : 4 * turn + 4]) == [-1, 0, 1, 2]
    done = np.where(found.clusters == 2, 7, 0)
    behind = Waiting(found.numbers, found.luck, found.clusters, done, found.doubt, found.sizes)
    assert 2 not in found.clusters[ORDERS["by cluster"]()(behind)][:21]


def test_the_largest_doubt_and_the_luckiest_come_first() -> None:
    found = waiting(50)
    assert ORDERS["doubtful"]()(found)[0] == np.argmax(found.doubt)
    assert ORDERS["random"]()(found)[0] == np.argmin(found.luck)
    assert ORDERS["informative"]()(found)[0] == np.argmin(found.luck / found.sizes)
    assert ORDERS["newest"]()(found).tolist() == ORDERS["oldest"]()(found).tolist()[::-1]


@given(some.lists(some.tuples(some.floats(0, 1), some.floats(0, 1)), min_size=1, max_size=20))
def test_another_reason_never_lowers_doubt(strengths: list[tuple[float, float]]) -> None:
    first, second = np.array(strengths).T
    one, two = Part("judges", "accuracy", first), Part("bound", "words", second)
    both = doubt([one, two], len(first))
    assert (both >= doubt([one], len(first)) - 1e-12).all()
    assert ((both >= 0) & (both <= 1)).all()


def test_close_to_a_bound_is_by_ranks_on_either_side() -> None:
    values = np.append(np.arange(1000.0), np.nan)
    for scaled in (values, np.exp(values / 50)):
        near = near_bound(scaled, scaled[500])
        assert near[500] == pytest.approx(1, abs=0.02)
        assert near[490] == pytest.approx(near[510], abs=0.05)
        assert near[500 - round(1000 * CLOSE) - 1] == near[500 + round(1000 * CLOSE) + 1] == 0
        assert near[1000] == 0


def test_two_values_have_nothing_that_is_close_to_a_bound() -> None:
    assert not near_bound(np.array([0.0, 1.0] * 50), 0).any()


def test_close_to_a_threshold_is_the_nearest_pair_of_a_sample() -> None:
    pairs = np.array([0, 0], np.int32), np.array([1, 2], np.int32), np.array([0.9, 0.8], np.float32)
    assert near_threshold(pairs, 0.9, 4).round(3).tolist() == [1, 1, 0, 0]


def test_a_cluster_behind_the_others_is_doubtful() -> None:
    clusters = np.repeat([0, 1, -1], [100, 100, 10]).astype(np.int32)
    asked = np.zeros(210, np.bool_)
    assert not hardly_seen(clusters, asked).any()
    asked[:40] = True
    behind = hardly_seen(clusters, asked)
    assert (behind[0], behind[209]) == (0, 0)
    assert behind[150] > 0.9


def test_judges_are_apart_by_the_scale_that_they_use() -> None:
    assert apart(np.array([0.0, 2.0, 4.0, np.nan]), 1, 5).tolist() == [0, 0.5, 1, 0]
    assert not apart(np.zeros(2), 3, 3).any()
