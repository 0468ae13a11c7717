"""The explorer against plain Python, on random graphs with many ties."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curation.duplicates import Explorer, Pair, Pairs
from curation.errors import NotReady

FLOOR = 0.5


@st.composite
def graphs(draw):
    n = draw(st.integers(0, 14))
    possible = [(a, b) for a in range(n) for b in range(a + 1, n)]
    edges = sorted(draw(st.sets(st.sampled_from(possible)))) if possible else []
    levels = draw(st.lists(st.integers(10, 20), min_size=len(edges), max_size=len(edges)))
    priority = draw(st.lists(st.integers(0, 4), min_size=n, max_size=n))
    a, b = (np.array([edge[end] for edge in edges], np.int32) for end in (0, 1))
    return n, Pairs(a, b, np.array(levels, np.float32) / 20, FLOOR), np.array(priority, np.float64)


thresholds = st.integers(10, 20).map(lambda level: level / 20)


def plain_groups(n, pairs, priority, threshold):
    """Best first; join the nearest kept better neighbour, of equally near ones the best."""
    order = sorted(range(n), key=lambda i: (priority[i], i))
    near = {}
    for a, b, s in zip(pairs.a.tolist(), pairs.b.tolist(), pairs.similarity.tolist(), strict=True):
        near.setdefault(a, []).append((b, s))
        near.setdefault(b, []).append((a, s))
    group = {}
    for i in order:
        kept = [(-s, order.index(j), j) for j, s in near.get(i, []) if group.get(j) == j and s >= np.float32(threshold)]
        group[i] = min(kept)[2] if kept else i
    return [group[i] for i in range(n)]


def plain_components(n, pairs, threshold):
    label = list(range(n))
    for _ in range(n):
        for a, b, s in zip(pairs.a.tolist(), pairs.b.tolist(), pairs.similarity.tolist(), strict=True):
            if s >= np.float32(threshold):
                label[a] = label[b] = min(label[a], label[b])
    return label


@settings(deadline=None)
@given(graphs(), st.lists(thresholds, max_size=5))
def test_groups_kept_and_curve_equal_plain_python_in_any_order(graph, moves):
    n, pairs, priority = graph
    explorer = Explorer(n, pairs, priority)
    for threshold in moves:
        groups = plain_groups(n, pairs, priority, threshold)
        assert explorer.groups(threshold).tolist() == groups
        assert explorer.kept(threshold).tolist() == [groups[i] == i for i in range(n)]
    expected = [sum(i == g for i, g in enumerate(plain_groups(n, pairs, priority, t))) for t in moves]
    assert explorer.curve(np.array(moves)).tolist() == expected


@settings(deadline=None)
@given(graphs(), thresholds, st.data())
def test_pairs_told_apart_join_nothing_and_are_still_listed(graph, threshold, data):
    n, pairs, priority = graph
    apart = np.array(data.draw(st.lists(st.booleans(), min_size=len(pairs), max_size=len(pairs))), np.bool_)
    explorer = Explorer(n, pairs, priority, apart=apart)
    left = Pairs(pairs.a[~apart], pairs.b[~apart], pairs.similarity[~apart], FLOOR)
    assert explorer.groups(threshold).tolist() == plain_groups(n, left, priority, threshold)
    assert explorer.components(threshold).tolist() == plain_components(n, left, threshold)
    assert sum(map(len, explorer.borderline(threshold, 100))) == len(pairs)


@settings(deadline=None)
@given(graphs(), thresholds)
def test_components_equal_plain_python(graph, threshold):
    n, pairs, priority = graph
    assert Explorer(n, pairs, priority).components(threshold).tolist() == plain_components(n, pairs, threshold)


@settings(deadline=None)
@given(graphs(), thresholds)
def test_a_group_is_a_star_inside_one_component(graph, threshold):
    n, pairs, priority = graph
    explorer = Explorer(n, pairs, priority)
    groups, components = explorer.groups(threshold), explorer.components(threshold)
    near = {
        frozenset((int(a), int(b)))
        for a, b, s in zip(pairs.a, pairs.b, pairs.similarity, strict=True)
        if s >= np.float32(threshold)
    }
    kept = np.flatnonzero(explorer.kept(threshold))
    assert all(groups[i] == i or frozenset((i, int(groups[i]))) in near for i in range(n))
    assert np.array_equal(components[groups], components)
    assert not any(frozenset((int(a), int(b))) in near for a in kept for b in kept)


@settings(deadline=None)
@given(graphs(), thresholds, st.integers(1, 4))
def test_borderline_pairs_lie_nearest_to_the_threshold(graph, threshold, n):
    size, pairs, priority = graph
    above, below = Explorer(size, pairs, priority).borderline(threshold, n)
    limit = np.float32(threshold)
    over = sorted(float(s) for s in pairs.similarity if s >= limit)
    under = sorted((float(s) for s in pairs.similarity if s < limit), reverse=True)
    assert [pair.similarity for pair in above] == over[:n]
    assert [pair.similarity for pair in below] == under[:n]
    known = {Pair(*row) for row in zip(pairs.a.tolist(), pairs.b.tolist(), pairs.similarity.tolist(), strict=True)}
    assert known.issuperset(above + below)


def line(n, similarity=0.9):
    """Each row near the next only: one long chain."""
    a = np.arange(n - 1, dtype=np.int32)
    return Pairs(a, a + 1, np.full(n - 1, similarity, np.float32), FLOOR)


def test_a_chain_is_told_and_a_star_is_not():
    chain = Explorer(20, line(20)).chained(0.9)
    assert chain is not None
    assert (chain.members, chain.stars) == (20, 10)
    star = Pairs(np.zeros(19, np.int32), np.arange(1, 20, dtype=np.int32), np.full(19, 0.9, np.float32), FLOOR)
    assert Explorer(20, star).chained(0.9) is None
    assert Explorer(20, line(20)).chained(0.95) is None
    assert Explorer(5000, line(20)).chained(0.9) is None
    assert Explorer(0, line(1)).chained(0.9) is None


def test_a_better_answer_is_kept_although_it_came_later():
    pairs = line(2)
    assert Explorer(2, pairs).groups(0.8).tolist() == [0, 0]
    assert Explorer(2, pairs, np.array([2.0, 1.0])).groups(0.8).tolist() == [1, 1]


def test_below_the_floor_is_not_guessed():
    explorer = Explorer(20, line(20))
    for ask in (explorer.kept, explorer.groups, explorer.components, explorer.chained, explorer.borderline):
        with pytest.raises(NotReady, match=r"0\.500 upwards"):
            ask(0.4)
    with pytest.raises(NotReady):
        explorer.curve(np.array([0.6, 0.4]))
    assert explorer.curve(np.array([])).tolist() == []
    assert explorer.kept(FLOOR).sum() == 10
