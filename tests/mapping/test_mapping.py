"""Neighbours, map, clusters and titles."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curation.errors import Cancelled
from curation.layouts import Layout
from curation.mapping import cluster, neighbours, place, titles


def crowds(n, seed=0, dimension=24, groups=4):
    """Unit rows in well separated crowds; row i belongs to crowd i % groups; some rows are equal."""
    random = np.random.default_rng(seed)
    rows = np.eye(groups, dimension)[np.arange(n) % groups] + 0.1 * random.normal(size=(n, dimension))
    rows[: n // 10] = rows[0] if n else rows[:0]
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


@settings(deadline=None, max_examples=20)
@given(st.integers(0, 600), st.integers(1, 20), st.integers(0, 5))
def test_neighbours_equal_brute_force(n, k, seed):
    rows = crowds(n, seed)
    which, near = neighbours(rows, k)
    expected = min(k, max(0, n - 1))
    similarity = rows.astype(np.float64) @ rows.T.astype(np.float64)
    np.fill_diagonal(similarity, -np.inf)
    assert which.shape == near.shape == (n, expected)
    assert all(len(set(row)) == expected and i not in row for i, row in enumerate(which.tolist()))
    np.testing.assert_allclose(near, -np.sort(-similarity, axis=1)[:, :expected], atol=1e-6)
    np.testing.assert_allclose(np.take_along_axis(similarity, which.astype(np.int64), 1), near, atol=1e-6)


def test_the_search_reports_and_can_be_stopped():
    seen = []
    neighbours(crowds(600), 5, lambda done, total: seen.append((done, total)))
    assert seen == [(256, 600), (512, 600), (600, 600)]

    def stop(done, total):
        raise Cancelled(f"{done} of {total}")

    with pytest.raises(Cancelled):
        place(crowds(600), progress=stop)


@pytest.fixture(scope="module")
def rows():
    return crowds(120)


@pytest.fixture(scope="module")
def positions(rows):
    return place(rows)


def test_what_is_near_stays_near(positions):
    assert positions.shape == (120, 2)
    assert positions.dtype == np.float32
    assert np.isfinite(positions).all()
    distance = np.linalg.norm(positions[:, None] - positions[None], axis=2)
    np.fill_diagonal(distance, np.inf)
    ours = np.arange(12, 120)
    same = (distance[ours].argmin(axis=1) % 4) == ours % 4
    assert same.mean() > 0.9


def test_the_same_seed_gives_the_same_bytes_and_another_one_does_not(rows, positions):
    assert place(rows).tobytes() == positions.tobytes()
    assert place(rows, Layout(seed=7)).tobytes() != positions.tobytes()


@pytest.mark.parametrize("n", [0, 1, 2, 3, 10, 15, 16])
def test_few_rows_have_a_map_too(n):
    positions = place(crowds(n))
    assert positions.shape == (n, 2)
    assert np.isfinite(positions).all()
    if 1 < n < 16:
        assert len(np.unique(positions, axis=0)) > 1


@pytest.mark.parametrize("n", [3, 40])
def test_equal_rows_have_a_map_too(n):
    equal = np.tile(crowds(1), (n, 1))
    assert np.isfinite(place(equal)).all()
    assert set(cluster(equal)) == {0}


def test_rows_of_one_column_have_a_map_too():
    assert place(np.array([[1.0], [-1.0]], np.float32)).tolist() == [[10, 0], [-10, 0]]


def test_clusters_find_crowds_and_the_largest_comes_first(rows):
    labels = cluster(rows, k=4)
    assert labels.dtype == np.int32
    for crowd in range(4):
        assert len(set(labels[12:][np.arange(12, 120) % 4 == crowd])) == 1
    sizes = np.bincount(labels)
    assert sizes.tolist() == sorted(sizes, reverse=True)
    assert np.array_equal(labels, cluster(rows, k=4))


@pytest.mark.parametrize(("n", "expected"), [(0, 0), (1, 1), (3, 3), (30, 4), (800, 20)])
def test_how_many_clusters_follows_the_rows(n, expected):
    random = np.random.default_rng(1)
    assert len(set(cluster(random.normal(size=(n, 8)).astype(np.float32)))) == expected


def test_many_rows_go_in_batches():
    labels = cluster(crowds(10_000), k=4)
    assert len(set(labels)) == 4


def test_no_cluster_at_all_is_refused():
    with pytest.raises(ValueError, match="at least one"):
        cluster(crowds(5), k=0)


def test_titles_name_what_sets_a_cluster_apart():
    texts = ["Write a poem about rain", "Write poems on the sea", "Write a haiku poem", "Sum the numbers", "Sum of 4"]
    assert titles(texts, np.array([0, 0, 0, 1, 1], np.int32)) == ["write · poem", "sum"]


def test_titles_for_odd_texts_are_still_there():
    labels = np.array([0, 1, 2], np.int32)
    assert titles(["12 34", "", "猫が好き"], labels) == ["no words in common", "no words in common", "猫が好き"]
    assert titles([], np.empty(0, np.int32)) == []


@given(st.lists(st.tuples(st.text("ab cdefg", max_size=20), st.integers(0, 3)), max_size=30), st.integers(1, 4))
def test_titles_do_not_depend_on_the_order_of_texts(rows, terms):
    def made(pairs):
        return titles([text for text, _ in pairs], np.array([label for _, label in pairs], np.int32), terms)

    assert made(rows) == made(rows[::-1])
    assert all(len(title.split(" · ")) <= terms for title in made(rows))
