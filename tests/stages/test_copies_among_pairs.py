"""Equal texts are compared once: thousands of them neither fill the pairs nor get in the way of the others."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curation.duplicates import Explorer, Pairs, all_pairs, identical
from curation.recipe import Duplicates, Recipe
from curation.sample import Collected, Decision, Origin, Sample, text_hash
from curation.stages.comparing import comparison
from curation.stages.curating import apply_recipe, renew_duplicates
from curation.stages.embedding import find_pairs
from curation.store import Workspace, open_workspace
from curation.store.browse import states_of
from curation.store.decisions import add_decisions
from curation.store.duplicates import read_duplicates
from curation.store.pairs import Edges, latest_space, neighbours_of, pairs_above, read_pairs
from curation.store.reasons import duplicate_of
from curation.store.samples import add_samples
from curation.store.vectors import write_vectors

FLOOR = 0.7


def unit(rows: np.ndarray) -> np.ndarray:
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


def filled(path: Path, prompts: list[str], vectors: dict[str, np.ndarray]) -> Workspace:
    """Samples of these prompts, each with an answer of its own, and the vector of each different prompt."""
    ws = open_workspace(path)
    add_samples(
        ws, "run", [Collected(Sample(text, output=str(n)), Origin("t", "s", str(n))) for n, text in enumerate(prompts)]
    )
    write_vectors(ws, "m", [text_hash(text) for text in vectors], np.stack(list(vectors.values())))
    return ws


@pytest.fixture
def ws(tmp_path: Path):
    """0, 2, 4 are equal; 1 and 5 are equal and near the first three; 3 is near 1 and 5 alone."""
    angles = {"same": 0.0, "close": 0.3, "next": 0.7}
    vectors = {text: np.array([np.cos(angle), np.sin(angle)], np.float32) for text, angle in angles.items()}
    opened = filled(tmp_path / "w.duckdb", ["same", "close", "same", "next", "same", "close"], vectors)
    assert find_pairs(opened, "m", "prompt") == 6
    yield opened
    opened.close()


def test_20_000_equal_prompts_among_30_000_are_one_text(tmp_path: Path) -> None:
    """The floor stays where it was asked for, and the others have the pairs that they have without the copies."""
    random = np.random.default_rng(3)
    different = unit(random.normal(size=(10_000, 48)))
    different[5000:5400] = unit(different[:400] + 0.05 * random.normal(size=(400, 48)))
    texts = [f"Task {n}" for n in range(9_999)]
    vectors = dict(zip([*texts, "Say hello."], different, strict=True))
    prompts = [text for n in range(10_000) for text in (*texts[n : n + 1], "Say hello.", "Say hello.")][:29_999]
    ws = filled(tmp_path / "w.duckdb", prompts, vectors)
    alone = all_pairs(different, FLOOR)
    count = prompts.count("Say hello.")
    assert count == 20_000
    assert find_pairs(ws, "m", "prompt") == len(alone) + count - 1
    space = latest_space(ws)
    assert space is not None
    assert (space.floor, space.samples) == (pytest.approx(FLOOR), 29_999)
    found = comparison(ws)
    assert found is not None
    plain = Explorer(10_000, alone)
    for threshold in (0.7, 0.85, 1.0):
        kept = len(prompts) - len(found.groups(threshold).removed)
        assert kept == np.count_nonzero(plain.kept(threshold))
    assert found.groups(1.0).listed(9)[0].size == count
    assert found.groups(1.0).listed(9)[0].least == 1.0
    assert len(found.thresholds) == 61
    ws.close()


def test_of_equal_ones_the_best_stays_and_stands_for_those_near_the_first(ws: Workspace) -> None:
    """The one that a person accepted is not the one among the pairs, yet all give way to it."""
    apply_recipe(ws, Recipe(duplicates=Duplicates(threshold=0.9)), "r", "me")
    assert states_of(ws) == ["kept", "dropped", "dropped", "kept", "dropped", "dropped"]
    add_decisions(ws, [4], Decision("accept", "me"))
    assert renew_duplicates(ws) == 4
    assert states_of(ws) == ["dropped", "dropped", "dropped", "kept", "accepted", "dropped"]
    found = comparison(ws)
    assert found is not None
    assert found.groups(0.9).members(4) == [
        (0, 1.0), (2, 1.0), (1, pytest.approx(np.cos(0.3))), (5, pytest.approx(np.cos(0.3))),
    ]  # fmt: skip
    for sample in (0, 1, 2):
        add_decisions(ws, [sample], Decision("reject", "me"))
    add_decisions(ws, [4], Decision("reject", "me"))
    renew_duplicates(ws)
    # The equal ones that were rejected do not pull 5, which was not, out with them; 5 goes for 3, the earlier one.
    assert states_of(ws) == ["rejected", "rejected", "rejected", "kept", "rejected", "dropped"]
    assert duplicate_of(ws, 5) == (3, pytest.approx(np.cos(0.4)))


def test_equal_ones_are_the_same_at_the_highest_threshold(ws: Workspace) -> None:
    apply_recipe(ws, Recipe(duplicates=Duplicates(threshold=1.0)), "r", "me")
    assert read_duplicates(ws).tolist() == [2, 4, 5]


def test_neighbours_of_a_copy_are_those_of_the_first(ws: Workspace) -> None:
    near = pytest.approx(np.cos(0.3))
    assert neighbours_of(ws, "prompt m", 4) == [(0, 1.0), (2, 1.0), (1, near), (3, pytest.approx(np.cos(0.7)))]
    assert neighbours_of(ws, "prompt m", 0)[:2] == [(2, 1.0), (4, 1.0)]
    assert neighbours_of(ws, "prompt m", 5)[:2] == [(1, 1.0), (0, near)]


def test_n10_copies_of_what_is_not_chosen_still_hang_together(ws: Workspace) -> None:
    """A split must not tear 4 and 5 apart because 0 and 1, which the pairs name, are not exported."""
    assert [pair[:2] for pair in pairs_above(ws, "prompt m", 0.9, [5, 4, 3])] == [(4, 5), (3, 5)]
    assert [pair[:2] for pair in pairs_above(ws, "prompt m", 0.9, [2, 4])] == [(2, 4)]
    assert pairs_above(ws, "prompt m", 0.9, [3]) == []
    assert pairs_above(ws, "prompt m", 0.9, []) == []


def test_looking_again_replaces_the_copies(ws: Workspace) -> None:
    again = [Collected(Sample("next", output="another"), Origin("t", "s", "7"))]
    add_samples(ws, "run", again)
    assert find_pairs(ws, "m", "prompt") == 7
    assert read_pairs(ws, "prompt m").copies.tolist() == [[0, 2], [0, 4], [1, 5], [3, 6]]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 5), max_size=12), st.lists(st.integers(0, 3), min_size=12, max_size=12), st.data())
def test_leaving_copies_out_changes_nothing(kinds: list[int], ranks: list[int], data: st.DataObject) -> None:
    """What is kept at any threshold, the curve and the components are those of all pairs, copies included."""
    random = np.random.default_rng(5)
    vectors = unit(random.normal(size=(6, 3)))[kinds] if kinds else np.zeros((0, 3), np.float32)
    n, first = len(kinds), identical(vectors)
    priority = np.array(ranks[:n], np.float64)
    rows = np.flatnonzero(first == np.arange(n)).astype(np.int32)
    few = all_pairs(vectors[rows], 0.2)
    every = all_pairs(vectors, 0.2)
    # Rounding may leave a row a little less than 1 from its copy.
    similarity = np.where(first[every.a] == first[every.b], np.float32(1), every.similarity)
    plain = Explorer(n, Pairs(every.a, every.b, similarity, 0.2), priority)
    collapsed = Explorer(n, Pairs(rows[few.a], rows[few.b], few.similarity, 0.2), priority, first)
    threshold = data.draw(st.sampled_from([0.2, 0.5, 0.8, 0.95, 1.0]))
    assert collapsed.kept(threshold).tolist() == plain.kept(threshold).tolist()
    assert collapsed.curve(np.array([threshold])).tolist() == plain.curve(np.array([threshold])).tolist()
    assert collapsed.components(threshold).tolist() == plain.components(threshold).tolist()
    assert collapsed.kept(threshold)[collapsed.groups(threshold)].all()


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 4), max_size=10), st.sets(st.integers(0, 9)), st.data())
def test_pairs_of_chosen_samples_hang_together_as_all_pairs_do(
    kinds: list[int], wanted: set[int], data: st.DataObject
) -> None:
    near = data.draw(st.sets(st.tuples(st.integers(0, 4), st.integers(0, 4)).filter(lambda p: p[0] < p[1])))
    first = [kinds.index(kind) for kind in kinds]
    pairs = sorted({tuple(sorted((kinds.index(a), kinds.index(b)))) for a, b in near if a in kinds and b in kinds})
    copies = np.array([(one, at) for at, one in enumerate(first) if one != at], np.int32).reshape(-1, 2)
    a, b = (np.array([pair[end] for pair in pairs], np.int32) for end in (0, 1))
    chosen = sorted(number for number in wanted if number < len(kinds))
    found = Edges(a, b, np.full(len(a), 0.9, np.float32), copies).among(chosen)
    expected = {
        (x, y)
        for x in chosen
        for y in chosen
        if x < y and (first[x] == first[y] or tuple(sorted((first[x], first[y]))) in pairs)
    }
    got = set(zip(found.a.tolist(), found.b.tolist(), strict=True))
    assert got <= expected
    parts = Explorer(len(kinds), Pairs(found.a, found.b, np.ones(len(found.a), np.float32), 0.1)).components(0.5)
    assert all(parts[x] == parts[y] for x, y in expected)
