import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curation.computing.order import shuffled
from curation.methods import Pool
from curation.selection import SELECTORS, Chance, FacilityLocation, KCenter, QualityFirst, TagsFirst, k_center


def pool_of(n: int, seed: int, dimension: int = 6, clusters: int = 3) -> Pool:
    chance = np.random.default_rng(seed)
    centres = chance.normal(size=(clusters, dimension))
    rows = centres[chance.integers(clusters, size=n)] + 0.4 * chance.normal(size=(n, dimension))
    vectors = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)
    tags = [[f"t{tag}" for tag in chance.integers(8, size=chance.integers(0, 5))] for _ in range(n)]
    quality = np.round(chance.normal(size=n), 1)
    quality[chance.random(n) < 0.1] = np.nan
    return Pool([f"id{seed}-{i}" for i in range(n)], quality, vectors, tags)


def turned(pool: Pool, order: list[int]) -> Pool:
    return Pool([pool.ids[i] for i in order], pool.quality[order], pool.vectors[order], [pool.tags[i] for i in order])


@pytest.mark.parametrize("name", SELECTORS)
def test_every_way_chooses_different_samples_the_same_ones_each_time_whatever_their_order(name: str) -> None:
    pool = pool_of(60, 3)
    chosen = SELECTORS[name]()(pool, 10)
    assert len(chosen) == len(set(chosen)) == 10
    assert chosen == SELECTORS[name]()(pool, 10)
    order = np.random.default_rng(1).permutation(60).tolist()
    again = SELECTORS[name]()(turned(pool, order), 10)
    assert [order[i] for i in again] == chosen


@pytest.mark.parametrize("name", SELECTORS)
def test_every_way_chooses_nothing_from_nothing_and_never_more_than_there_is(name: str) -> None:
    assert SELECTORS[name]()(pool_of(0, 0), 5) == []
    assert len(SELECTORS[name]()(pool_of(4, 1), 9)) <= 4
    assert SELECTORS[name]()(pool_of(9, 1), 0) == []


@pytest.mark.parametrize("name", SELECTORS)
def test_every_way_says_how_far_it_is_and_can_be_stopped(name: str) -> None:
    def stop(done: int, size: int) -> None:
        assert 0 <= done <= size
        raise InterruptedError

    with pytest.raises(InterruptedError):
        SELECTORS[name]()(pool_of(600, 3), 300, stop)


@given(st.integers(0, 10**6), st.integers(1, 30), st.sampled_from([0.5, 0.8, 0.9, 0.99]))
@settings(max_examples=40, deadline=None)
def test_quality_first_is_the_loop_of_deita(seed: int, size: int, most: float) -> None:
    pool = pool_of(40, seed)
    chosen = QualityFirst(most=most)(pool, size)
    kept: list[int] = []
    ranked = sorted(range(40), key=lambda i: -np.inf if np.isnan(pool.quality[i]) else pool.quality[i], reverse=True)
    values = [pool.quality[i] for i in chosen]
    assert all(np.isnan(b) or a >= b for a, b in itertools.pairwise(values))
    similar = pool.vectors @ pool.vectors.T
    for i in chosen:
        assert similar[i, kept].max(initial=-1) <= most + 1e-6
        kept.append(i)
    if len(chosen) < size:
        assert all(similar[i, chosen].max(initial=-1) > most - 1e-6 for i in set(ranked) - set(chosen))


def test_quality_first_passes_over_the_second_of_two_that_are_alike_not_of_two_that_differ() -> None:
    vectors = np.array([[1, 0], [1, 0], [0, 1]], np.float32)
    pool = Pool(["a", "b", "c"], np.array([3.0, 2.0, 1.0]), vectors, [[], [], []])
    assert QualityFirst(most=0.9)(pool, 2) == [0, 2]


@given(st.integers(0, 10**6), st.integers(1, 40))
@settings(max_examples=40, deadline=None)
def test_tags_first_goes_in_passes_that_each_add_a_tag(seed: int, size: int) -> None:
    pool = pool_of(40, seed)
    chosen = TagsFirst()(pool, size)
    tagged = [i for i in range(40) if pool.tags[i]]
    assert len(chosen) == min(size, len(tagged))
    seen: set[str] = set()
    left = set(tagged)
    for i in chosen:
        if set(pool.tags[i]) <= seen:
            # a new pass: nothing that was left could have added a tag
            assert all(set(pool.tags[j]) <= seen for j in left)
            seen = set()
        seen |= set(pool.tags[i])
        left.discard(i)


def radius(pool: Pool, chosen: tuple[int, ...] | list[int]) -> float:
    distances = np.linalg.norm(pool.vectors[:, None] - pool.vectors[None, list(chosen)], axis=2)
    return float(distances.min(axis=1).max())


@pytest.mark.parametrize("seed", range(8))
def test_k_center_leaves_at_most_twice_the_least_radius(seed: int) -> None:
    pool = pool_of(11, seed)
    best = min(radius(pool, subset) for subset in itertools.combinations(range(11), 3))
    assert radius(pool, KCenter(seed=seed)(pool, 3)) <= 2 * best + 1e-6


@pytest.mark.parametrize("at_once", [1, 3, 50, 200])
def test_k_center_is_the_plain_traversal_however_many_are_looked_at_at_once(monkeypatch, at_once: int) -> None:
    monkeypatch.setattr(k_center, "FARTHEST", at_once)
    pool = pool_of(200, 4)
    vectors = pool.vectors[::2].repeat(2, axis=0)  # each twice, so that many are equally far
    pool = Pool(pool.ids, pool.quality, vectors, pool.tags)
    order = shuffled(pool.ids, 0)
    nearest, plain = np.full(200, -np.inf, np.float32), []
    for _ in range(120):
        plain.append(int(np.argmin(np.where(np.isin(np.arange(200), plain), np.inf, nearest))))
        nearest = np.maximum(nearest, vectors[order] @ vectors[order][plain[-1]])
    found = KCenter()(pool, 120)
    # Of the hundred different ones, all come first; which twin of equal ones comes next is up to the last bit of a sum.
    assert found[:99] == order[plain[:99]].tolist()
    assert len(set(found)) == 120


def reach(pool: Pool, chosen: tuple[int, ...] | list[int]) -> float:
    similar = np.maximum(pool.vectors.astype(np.float64) @ pool.vectors[list(chosen)].astype(np.float64).T, 0)
    return float(similar.max(axis=1, initial=0).sum())


@pytest.mark.parametrize("seed", range(8))
def test_facility_location_is_plain_greedy_and_near_the_best_possible(seed: int) -> None:
    pool = pool_of(12, seed)
    chosen = FacilityLocation()(pool, 4)
    for place, position in enumerate(chosen):
        gains = [reach(pool, [*chosen[:place], i]) for i in range(12) if i not in chosen[:place]]
        assert reach(pool, [*chosen[:place], position]) == pytest.approx(max(gains), abs=1e-5)
    best = max(reach(pool, subset) for subset in itertools.combinations(range(12), 4))
    assert reach(pool, chosen) >= 0.632 * best


def test_all_the_weight_on_quality_takes_the_best() -> None:
    pool = pool_of(50, 5)
    chosen = FacilityLocation(weight=1)(pool, 5)
    ranked = np.sort(pool.quality[~np.isnan(pool.quality)])[::-1]
    assert [pool.quality[i] for i in chosen] == ranked[:5].tolist()


def test_a_part_of_a_large_pool_stands_for_it_well() -> None:
    pool = pool_of(1500, 7, clusters=12)
    assert reach(pool, FacilityLocation(sample=300)(pool, 12)) >= 0.97 * reach(pool, FacilityLocation()(pool, 12))


def test_a_smaller_choice_by_chance_is_the_head_of_a_larger_one() -> None:
    pool = pool_of(100, 2)
    assert Chance(seed=4)(pool, 10) == Chance(seed=4)(pool, 60)[:10]
    assert Chance(seed=4)(pool, 10) != Chance(seed=5)(pool, 10)
