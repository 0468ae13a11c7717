import random
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curation.errors import BadRecipe
from curation.splits import leaks, split, union_groups

SHARES = {"train": 0.8, "validation": 0.1, "test": 0.1}
THREE_WAYS = st.sampled_from([SHARES, {"train": 0.9, "test": 0.1}, {"train": 1.0}, {"a": 0.4, "b": 0.35, "c": 0.25}])


@st.composite
def labelled(draw, most=80):
    """Ids with a group label and a stratum each."""
    n = draw(st.integers(1, most))
    groups = draw(st.lists(st.integers(0, n), min_size=n, max_size=n))
    strata = draw(st.lists(st.sampled_from(["web", "books", "ünïcode \ud800"]), min_size=n, max_size=n))
    return [f"sample {i}" for i in range(n)], groups, strata


@given(labelled(), THREE_WAYS, st.integers(0, 99))
def test_no_group_straddles(data, shares, seed):
    ids, groups, strata = data
    assignment = split(ids, groups, strata, shares, seed)
    assert list(assignment) == ids
    assert set(assignment.values()) <= set(shares)
    splits_of = {
        label: {assignment[i] for i, other in zip(ids, groups, strict=True) if other == label} for label in groups
    }
    assert all(len(names) == 1 for names in splits_of.values())


@given(labelled(), THREE_WAYS, st.randoms(use_true_random=False))
def test_order_and_label_values_do_not_matter(data, shares, chance):
    """N10."""
    ids, groups, strata = data
    rows = list(zip(ids, groups, strata, strict=True))
    chance.shuffle(rows)
    new_label = dict(zip(set(groups), chance.sample(range(1000), len(set(groups))), strict=True))
    shuffled = split([r[0] for r in rows], [new_label[r[1]] for r in rows], [r[2] for r in rows], shares, 3)
    assert shuffled == split(ids, groups, strata, shares, 3)


def test_the_same_bytes_on_every_machine_and_day():
    """N10: a literal result, so that a change of the way of dealing cannot go unnoticed."""
    ids = [f"{i:04}" for i in range(12)]
    dealt = split(ids, [i // 2 for i in range(12)], ["x"] * 12, {"train": 0.5, "test": 0.5}, seed=7)
    assert [i for i in ids if dealt[i] == "train"] == ["0000", "0001", "0004", "0005", "0008", "0009"]


@given(labelled(), THREE_WAYS, st.integers(0, 99))
def test_a_share_is_exceeded_by_less_than_the_largest_group(data, shares, seed):
    ids, groups, strata = data
    counts = Counter(split(ids, groups, strata, shares, seed).values())
    largest = max(Counter(groups).values())
    for name, share in shares.items():
        assert counts[name] < share * len(ids) + largest + 1e-5
        assert counts[name] > share * len(ids) - largest * (len(shares) - 1) - 1e-5


@given(st.lists(st.sampled_from("abc"), min_size=1, max_size=150), THREE_WAYS, st.integers(0, 99))
def test_without_groups_the_whole_and_each_stratum_keep_the_shares(strata, shares, seed):
    ids = [str(i) for i in range(len(strata))]
    assignment = split(ids, list(range(len(ids))), strata, shares, seed)
    for name, share in shares.items():
        assert abs(sum(got == name for got in assignment.values()) - share * len(ids)) < 1 + 1e-5
        for stratum in set(strata):
            inside = [assignment[i] for i, own in zip(ids, strata, strict=True) if own == stratum]
            assert abs(inside.count(name) - share * len(inside)) < 2 + 1e-5


def test_with_realistic_groups_sizes_are_within_one_percent():
    chance = random.Random(0)
    n = 5000
    groups = union_groups(n, [(chance.randrange(n), chance.randrange(n)) for _ in range(1500)])
    strata = [str(chance.randrange(7)) for _ in range(n)]
    counts = Counter(split([str(i) for i in range(n)], groups, strata, SHARES).values())
    assert all(abs(counts[name] - share * n) < 0.01 * n for name, share in SHARES.items())


def test_another_seed_deals_another_way():
    ids = [str(i) for i in range(50)]
    dealt = {tuple(split(ids, list(range(50)), [""] * 50, SHARES, seed).items()) for seed in range(5)}
    assert len(dealt) == 5


def test_one_group_of_everything_goes_to_one_split():
    assert set(split(["a", "b", "c"], [0, 0, 0], [""] * 3, SHARES).values()) == {"train"}


def test_no_samples_no_splits():
    assert split([], [], [], SHARES) == {}


@pytest.mark.parametrize("shares", [{}, {"train": 0.5}, {"train": 1.5, "test": -0.5}, {"train": float("nan")}])
def test_shares_that_cannot_be(shares):
    with pytest.raises(BadRecipe, match="share"):
        split(["a"], [0], [""], shares)


def test_an_id_twice_or_a_missing_label_is_a_bug():
    with pytest.raises(ValueError, match="two samples"):
        split(["a", "a"], [0, 1], ["", ""], SHARES)
    with pytest.raises(ValueError, match="shorter"):
        split(["a", "b"], [0], ["", ""], SHARES)


EDGES = st.integers(1, 30).flatmap(
    lambda n: st.tuples(st.just(n), st.lists(st.tuples(st.integers(0, n - 1), st.integers(0, n - 1)), max_size=40))
)


@given(EDGES, st.integers(0, 40))
def test_labels_are_the_connected_components(case, cut):
    n, edges = case
    labels = union_groups(n, edges[:cut], iter(edges[cut:]))
    reached = {i: {i} for i in range(n)}
    for _ in range(n):
        for a, b in edges:
            both = reached[a] | reached[b]
            for item in both:
                reached[item] = both
    assert labels == [min(reached[i]) for i in range(n)]


@pytest.mark.parametrize("edge", [(0, 3), (-1, 0)])
def test_an_edge_to_nowhere_is_a_bug(edge):
    with pytest.raises(IndexError, match="outside"):
        union_groups(3, [edge])


@given(labelled(30), st.integers(0, 9), st.floats(0.5, 1))
def test_grouped_pairs_never_leak(data, seed, threshold):
    """N10: what is at or above the threshold was grouped, so nothing of it straddles."""
    ids, others, strata = data
    pairs = [(i, other % len(ids), (i * 7 % 11) / 10) for i, other in enumerate(others)]
    groups = union_groups(len(ids), [(a, b) for a, b, similarity in pairs if similarity >= threshold])
    assignment = split(ids, groups, strata, SHARES, seed)
    assert leaks(assignment, [(ids[a], ids[b], similarity) for a, b, similarity in pairs], threshold) == []


def test_a_leak_is_found_and_named():
    assignment = {"a": "train", "b": "test"}
    assert leaks(assignment, [("a", "b", 0.9), ("a", "b", 0.89), ("a", "gone", 1.0)], 0.9) == [("a", "b", 0.9)]
