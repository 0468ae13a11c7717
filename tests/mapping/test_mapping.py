"""Neighbours, map, clusters and titles."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curation.errors import Cancelled
from curation.layouts import Layout
from curation.mapping import (
    bounding,
    cluster,
    dense_clusters,
    nearest,
    nearest_among,
    neighbours,
    place,
    place_later,
    titles,
)


def crowds(n, seed=0, dimension=24, groups=4):
    """Unit rows in well separated crowds; row i belongs to crowd i % groups; some rows are equal."""
    random = np.random.default_rng(seed)
    rows = np.eye(groups, dimension)[np.arange(n) % groups] + 0.1 * random.normal(size=(n, dimension))
    rows[: n // 10] = rows[0] if n else rows[:0]
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


@settings(deadline=None, max_examples=10)
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


@pytest.mark.parametrize("way", [bounding.plain, bounding.half])
@pytest.mark.parametrize("dimension", [24, 500])
def test_bounds_are_never_below_what_they_stand_for(way, dimension):
    rows = crowds(2100, dimension=dimension)
    some, others = slice(0, 256), slice(0, 2100)
    found = way(rows)
    cosines = rows[some].astype(np.float64) @ rows[others].astype(np.float64).T
    assert (found.product(some, others) >= cosines - found.slack).all()


def test_both_forms_of_bounds_give_the_same_neighbours(monkeypatch):
    rows = crowds(2100, dimension=500)
    which, near = neighbours(rows, 5)
    monkeypatch.setattr(nearest, "bounds", bounding.half)
    again, cosines = neighbours(rows, 5)
    np.testing.assert_array_equal(again, which)
    np.testing.assert_array_equal(cosines, near)


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


@pytest.fixture(scope="module")
def many():
    return crowds(2600, seed=5, groups=12)


def test_one_thread_or_three_give_the_same_bytes(many):
    found = neighbours(many, 14)
    assert place(many, found=found, threads=1).tobytes() == place(many, found=found, threads=3).tobytes()


def test_the_layout_is_as_trustworthy_as_that_of_umap_learn(many):
    from sklearn.manifold import trustworthiness

    rows = many[:600]
    ours, theirs = (place(rows, Layout(method=method)) for method in ("sift", "umap-learn"))
    assert trustworthiness(rows, ours, n_neighbors=15) > trustworthiness(rows, theirs, n_neighbors=15) - 0.01


@pytest.mark.parametrize("layout", [Layout(neighbours=5), Layout(min_distance=0.6), Layout(metric="euclidean")])
def test_every_option_changes_the_map(rows, positions, layout):
    changed = place(rows, layout)
    assert np.isfinite(changed).all()
    assert changed.tobytes() != positions.tobytes()


def test_what_comes_later_lies_near_its_like_whoever_comes_with_it(rows, positions):
    fresh = crowds(40, seed=9)[4:]
    placed, which, near = place_later(fresh, rows, positions)
    alone, _, _ = place_later(fresh[7:8], rows, positions)
    assert placed[7:8].tobytes() == alone.tobytes()
    assert which.shape == near.shape == (36, 14)
    distance = np.linalg.norm(placed[:, None] - positions[None, 12:], axis=2)
    assert ((distance.argmin(axis=1) % 4) == np.arange(4, 40) % 4).mean() > 0.9


def test_copies_lie_where_the_originals_lie(rows, positions):
    placed, _, _ = place_later(rows[20:30], rows, positions)
    assert placed.tobytes() == positions[20:30].tobytes()


@settings(deadline=None, max_examples=10)
@given(st.integers(1, 40), st.integers(1, 60), st.integers(1, 20))
def test_nearest_among_others_equals_brute_force(m, n, k):
    queries, rows = crowds(m, 1), crowds(n, 2)
    which, near = nearest_among(queries, rows, k)
    expected = -np.sort(-(queries.astype(np.float64) @ rows.T.astype(np.float64)), axis=1)[:, :k]
    np.testing.assert_allclose(near, expected, atol=1e-6)
    assert which.shape == expected.shape


def planted(sizes, noise=0):
    random = np.random.default_rng(4)
    spots = [
        random.normal(scale=0.2, size=(size, 2)) + 8 * np.array([at % 3, at // 3]) for at, size in enumerate(sizes)
    ]
    return np.concatenate([*spots, random.uniform(-4, 24, (noise, 2))]).astype(np.float32)


def test_dense_clusters_are_found_and_what_lies_between_is_in_none():
    labels = dense_clusters(planted([200, 150, 100, 60], noise=30), 40)
    assert np.bincount(labels[:510] + 1).size == 5
    for first, last, expected in ((0, 200, 0), (200, 350, 1), (350, 450, 2), (450, 510, 3)):
        assert (labels[first:last] == expected).mean() > 0.9
    assert (labels[510:] == -1).mean() > 0.6


@pytest.mark.parametrize("points", [np.zeros((0, 2)), np.zeros((5, 2)), np.zeros((60, 2)), np.ones((60, 1)) * [[1, 2]]])
def test_points_without_clusters_hang_nothing(points):
    assert len(dense_clusters(points.astype(np.float32))) == len(points)
