"""The share that people would accept: right on average, its interval honest, whatever the plan and the model."""

import numpy as np
import pytest
from numpy.typing import NDArray

from curation.reviewing.chances import Labelled, crossed_chances, standardised
from curation.reviewing.estimating import (
    FEWEST,
    Said,
    Share,
    estimate,
    expectations,
    labelled_of,
    reached,
    sizes_of,
)

N = 2000


def world(seed: int, slope: float = 2.0) -> tuple[NDArray[np.float32], NDArray[np.bool_], np.random.Generator]:
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(N, 3)).astype(np.float32)
    return x, rng.random(N) < 1 / (1 + np.exp(-1 - slope * x[:, 0])), rng


def decide(said: Said, accepted: NDArray[np.bool_], places: NDArray[np.int64]) -> None:
    said.verdict[places] = np.where(accepted[places], 1, -1)
    said.touched[places] = True


def fresh(rng: np.random.Generator) -> Said:
    return Said(rng.random(N), np.zeros(N, np.int8), np.zeros(N, np.bool_))


def walk(seed: int, labels: int = 200, others: int = 0) -> tuple[Share, float]:
    """Some samples decided in an order of their own, then a random start, then a plan."""
    x, accepted, rng = world(seed)
    said, plans = fresh(rng), [np.full(N, 0.5)]
    decide(said, accepted, np.argsort(x[:, 0])[:others])
    for turn in range(4):
        order = np.argsort(np.where(said.touched, np.inf, said.luck / plans[-1]))
        decide(said, accepted, order[: labels // 4])
        if turn == 1:
            chances = expectations(said, labelled_of(said, reached(said, plans)), x)
            plans.append(sizes_of(chances))
    found = estimate(said, reached(said, plans), x)
    assert found
    return found, float(accepted.mean())


@pytest.mark.parametrize("others", [0, 500])
def test_it_is_right_on_average_and_its_interval_holds_the_truth(others: int) -> None:
    """Also where a quarter of all was decided in an order that goes by what is measured, so by what is rejected."""
    found = [walk(seed, others=others) for seed in range(150)]
    off = np.array([share.value - truth for share, truth in found])
    assert abs(off.mean()) < 4 * off.std() / np.sqrt(len(off)) + 0.003
    assert np.mean([share.low <= truth <= share.high for share, truth in found]) >= 0.9


def test_taking_all_decisions_as_they_are_would_be_wrong() -> None:
    """What the weights are for: the plain share of decisions made in another order is far off."""
    x, accepted, _ = world(0)
    assert abs(accepted[np.argsort(x[:, 0])[:500]].mean() - accepted.mean()) > 0.3


def test_a_plan_makes_the_interval_narrower_than_chance_alone() -> None:
    planned = np.mean([walk(seed)[0].half for seed in range(20)])
    random = []
    for seed in range(20):
        x, accepted, rng = world(seed)
        said = fresh(rng)
        decide(said, accepted, np.argsort(said.luck)[:200])
        found = estimate(said, reached(said, [np.full(N, 0.5)]), x[:, :0])
        assert found
        random.append(found.half)
    assert planned < 0.9 * np.mean(random)


def test_all_decided_is_known_and_none_is_unknown() -> None:
    x, accepted, rng = world(0)
    said = fresh(rng)
    equal = [np.full(N, 0.5)]
    assert estimate(said, reached(said, equal), x) is None
    decide(said, accepted, np.arange(N))
    found = estimate(said, reached(said, equal), x)
    assert found
    assert found.value == found.low == found.high == pytest.approx(accepted.mean())
    assert (found.labels, found.missing) == (N, 0)


def test_where_everything_is_accepted_the_interval_still_has_a_width() -> None:
    _, _, rng = world(0)
    said = fresh(rng)
    decide(said, np.ones(N, np.bool_), np.argsort(said.luck)[:FEWEST])
    found = estimate(said, reached(said, [np.full(N, 0.5)]), np.zeros((N, 0), np.float32))
    assert found
    assert found.value == pytest.approx(1)
    assert found.low < 0.9
    assert found.missing > 0


def test_one_sample_that_was_moved_past_does_not_hide_the_rest() -> None:
    _, accepted, rng = world(0)
    said = fresh(rng)
    order = np.argsort(said.luck)
    decide(said, accepted, order[1:100])
    found = estimate(said, reached(said, [np.full(N, 0.5)]), np.zeros((N, 0), np.float32))
    assert found
    assert found.labels >= 99


def test_decisions_in_another_order_alone_estimate_nothing() -> None:
    x, accepted, rng = world(0)
    said = fresh(rng)
    decide(said, accepted, np.argsort(x[:, 0])[:500])
    assert estimate(said, reached(said, [np.full(N, 0.5)]), x) is None


def test_what_is_missing_is_about_what_is_needed() -> None:
    _, accepted, rng = world(0, slope=0)
    said = fresh(rng)
    order, none = np.argsort(said.luck), np.zeros((N, 0), np.float32)
    decide(said, accepted, order[:200])
    first = estimate(said, reached(said, [np.full(N, 0.5)]), none)
    assert first
    decide(said, accepted, order[: 200 + first.missing])
    then = estimate(said, reached(said, [np.full(N, 0.5)]), none)
    assert then
    assert 0.027 < then.half < 0.033


def test_no_expectation_has_seen_its_own_label() -> None:
    x, accepted, rng = world(0)
    folds, places = rng.integers(0, 5, N), np.arange(100)
    before = crossed_chances(x, folds, Labelled(places, accepted[:100].astype(float), np.ones(100)))
    flipped = accepted[:100].astype(float)
    flipped[7] = 1 - flipped[7]
    after = crossed_chances(x, folds, Labelled(places, flipped, np.ones(100)))
    same = folds == folds[7]
    assert (before[same] == after[same]).all()
    assert not (before[~same] == after[~same]).any()


def test_columns_of_one_value_say_nothing() -> None:
    assert not standardised(np.array([3.0, 3.0, np.nan])).any()
    assert not standardised(np.full(3, np.nan)).any()
