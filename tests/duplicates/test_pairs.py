"""All pairs: equal to brute force, bounded, stoppable."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curation.computing.processor import has_bf16
from curation.duplicates import all_pairs
from curation.duplicates.bound import Half, Plain, bounds
from curation.errors import Cancelled


def unit(rows):
    rows = np.asarray(rows, np.float32)
    return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-12)


def crowd(n, dimension, seed, spread=0.7):
    """Rows in crowds, so that many pairs are near and some are equal."""
    random = np.random.default_rng(seed)
    centres = random.normal(size=(max(1, n // 8), dimension))
    rows = centres[random.integers(len(centres), size=n)] + spread * random.normal(size=(n, dimension))
    rows[: n // 10] = rows[n - n // 10 :]
    return unit(rows)


def brute(vectors, floor):
    similarity = (vectors.astype(np.float64) @ vectors.astype(np.float64).T).astype(np.float32)
    a, b = np.nonzero(np.triu(similarity >= np.float32(floor), 1))
    return a, b, similarity[a, b]


@pytest.fixture(params=[Plain, Half])
def form(request, monkeypatch):
    """Each form of the bounds, whatever this processor has."""
    monkeypatch.setattr("curation.duplicates.pairs.bounds", request.param)
    return request.param


FORMS = {Plain: "float32", Half: "bfloat16"}


@settings(deadline=None, max_examples=25)
@given(
    st.integers(0, 700), st.sampled_from([3, 40, 160]), st.integers(0, 9),
    st.sampled_from([0.004, 0.3, 0.7, 0.95, 1]), st.sampled_from(list(FORMS)),
)  # fmt: skip
def test_pairs_equal_brute_force(n, dimension, seed, floor, form):
    vectors = crowd(n, dimension, seed)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("curation.duplicates.pairs.bounds", form)
        pairs = all_pairs(vectors, floor)
    a, b, similarity = brute(vectors, floor)
    assert pairs.a.tolist() == a.tolist()
    assert pairs.b.tolist() == b.tolist()
    np.testing.assert_allclose(pairs.similarity, similarity, rtol=2e-7)
    assert pairs.floor == np.float32(floor)
    assert (pairs.a.dtype, pairs.b.dtype, pairs.similarity.dtype) == (np.int32, np.int32, np.float32)


@pytest.mark.parametrize("rows", ["flat", "few axes", "zeros", "equal", "opposite", "lengths", "near the floor"])
@pytest.mark.usefixtures("form")
def test_the_bound_holds_for_odd_rows(rows):
    random = np.random.default_rng(0)
    made = {
        "flat": random.normal(size=(1500, 200)) + 5,
        "few axes": random.normal(size=(1500, 4)) @ random.normal(size=(4, 200)),
        "zeros": crowd(1500, 200, 1) * (np.arange(1500) % 3 > 0)[:, None],
        "equal": np.repeat(random.normal(size=(300, 200)), 5, axis=0),
        "opposite": crowd(1500, 200, 2) * (1 - 2 * (np.arange(1500) % 2))[:, None],
        "lengths": crowd(1500, 200, 3),
        "near the floor": np.concatenate([np.eye(200)[:1] + 0.0 * random.normal(size=(750, 200)), at_cosine(0.7, 750)]),
    }[rows]
    vectors = unit(made)
    if rows == "lengths":
        vectors *= (1 + 0.02 * random.normal(size=(1500, 1))).astype(np.float32)
    floor = {"flat": 0.97, "few axes": 0.99}.get(rows, 0.7)
    pairs = all_pairs(vectors, floor)
    assert len(pairs) > 500
    a, b, _ = brute(vectors, floor)
    assert np.array_equal(np.column_stack([pairs.a, pairs.b]), np.column_stack([a, b]))


def at_cosine(cosine, n, dimension=200):
    """Rows whose cosine with the first axis is this one, but for rounding."""
    rest = np.random.default_rng(1).normal(size=(n, dimension - 1))
    rest *= ((1 - cosine**2) ** 0.5) / np.linalg.norm(rest, axis=1, keepdims=True)
    return np.column_stack([np.full(n, cosine), rest])


def test_no_bound_is_below_its_similarity(form):
    """The worst of random and of equal rows stays above the cut, also where the floor is the similarity itself."""
    vectors = crowd(1200, 300, 8)
    short = form(vectors)
    similarity = (vectors.astype(np.float64) @ vectors.astype(np.float64).T).astype(np.float32)
    block = short.block(slice(0, 1200), slice(0, 1200))
    for floor in np.quantile(similarity[similarity > 0.01], [0, 0.2, 0.5, 0.9, 1]):
        assert (block[similarity >= floor] >= short.cut(float(floor))).all()


def test_the_form_is_chosen_by_size_and_processor(monkeypatch):
    vectors = crowd(700, 160, 0)
    assert isinstance(bounds(vectors), Plain)
    assert isinstance(bounds(vectors, 700), Half if has_bf16() else Plain)
    monkeypatch.setattr("torch.cpu.get_capabilities", dict)
    assert isinstance(bounds(vectors, 700), Plain)


def test_too_many_pairs_raise_the_floor_and_say_so():
    vectors = crowd(1500, 32, 3)
    every = all_pairs(vectors, 0.2)
    capped = all_pairs(vectors, 0.2, most=5000)
    assert len(every) > 50_000
    assert 1000 < len(capped) <= 5000
    assert capped.floor > every.floor
    again = every.similarity >= np.float32(capped.floor)
    assert np.array_equal(capped.a, every.a[again])
    assert np.array_equal(capped.b, every.b[again])


def test_more_equal_rows_than_fit_do_not_fill_the_memory():
    pairs = all_pairs(unit(np.ones((800, 8))), 0.7, most=1000)
    assert len(pairs) == 0
    assert pairs.floor >= 1


def test_progress_reaches_the_end_and_can_stop():
    seen = []
    all_pairs(crowd(2600, 16, 0), 0.9, lambda done, total: seen.append((done, total)))
    assert seen[-1] == (2600 * 2601 // 2, 2600 * 2601 // 2)
    assert sorted(seen) == seen
    with pytest.raises(Cancelled):
        all_pairs(crowd(600, 16, 0), 0.9, stop)


def stop(done, total):
    raise Cancelled(f"stopped at {done} of {total}")


@pytest.mark.parametrize("floor", [0, -0.1, 1.1, float("nan")])
def test_a_floor_out_of_range_is_refused(floor):
    with pytest.raises(ValueError, match="floor"):
        all_pairs(crowd(5, 4, 0), floor)
