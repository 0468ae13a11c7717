"""Agreement: against worked examples, and to 1e-9 against maintained libraries."""

import krippendorff
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score

from curation.reviewing import agreement as module
from curation.reviewing.agreement import agreement, cohen_kappa, fleiss_kappa, krippendorff_alpha

MEG = [0, 1, 0, 0, 0, 0, 0, 0, 1, 0]
OWEN = [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]
# The example of ten subjects and 14 raters by which the formula of Fleiss (1971) is usually explained: 0.210.
TEN_SUBJECTS = [
    [0, 0, 0, 0, 14], [0, 2, 6, 4, 2], [0, 0, 3, 5, 6], [0, 3, 9, 2, 0], [2, 2, 8, 1, 1],
    [7, 7, 0, 0, 0], [3, 2, 6, 3, 0], [2, 5, 3, 2, 2], [6, 5, 2, 1, 0], [0, 2, 2, 3, 7],
]  # fmt: skip


def opinions(seed: int, reviewers: int, samples: int, missing: float, agree: float = 0.6) -> np.ndarray:
    rng = np.random.default_rng(seed)
    truth = rng.random(samples) < 0.7
    said = np.where(rng.random((reviewers, samples)) < agree, truth, rng.random((reviewers, samples)) < 0.5)
    return np.where(rng.random((reviewers, samples)) < missing, np.nan, said.astype(float))


def test_the_worked_example_of_krippendorff_2011():
    """Two observers, binary data: α = 0.095."""
    found = agreement(np.array([MEG, OWEN], float))
    assert found.alpha.value == pytest.approx(0.095, abs=5e-4)
    assert found.raw.value == pytest.approx(0.6)
    assert (found.samples, found.accepts, found.rejects, found.disputed) == (10, 6, 14, 4)


def test_the_worked_example_of_fleiss():
    assert fleiss_kappa(np.array(TEN_SUBJECTS, float)) == pytest.approx(0.210, abs=5e-4)


@given(st.integers(0, 10_000), st.integers(2, 5), st.integers(5, 60), st.floats(0, 0.5))
@settings(max_examples=60, deadline=None)
def test_the_formulas_behind_the_intervals_are_those_of_the_libraries(seed, reviewers, samples, missing):
    """§7: to 1e-9 on random data, with opinions missing."""
    data = opinions(seed, reviewers, samples, missing)
    told = data[:, (~np.isnan(data)).sum(axis=0) >= 2]
    counts = np.stack([(told == 0).sum(axis=0), (told == 1).sum(axis=0)], axis=1).astype(float)
    if not (counts.sum(axis=0) > 0).all():
        assert np.isnan(krippendorff_alpha(data))
        return
    library = krippendorff.alpha(reliability_data=data, level_of_measurement="nominal", value_domain=[0, 1])
    own = module._alpha(module._alpha_sums(counts).sum(axis=0, keepdims=True))[0]
    assert own == pytest.approx(library, abs=1e-9)
    assert krippendorff_alpha(data) == pytest.approx(library, abs=1e-9)


@given(st.integers(0, 10_000), st.integers(2, 60))
@settings(max_examples=60, deadline=None)
def test_kappa_of_two(seed, samples):
    """§7: Cohen's κ to 1e-9 against scikit-learn."""
    first, second = opinions(seed, 2, samples, 0)
    if len({*first, *second}) < 2:
        assert np.isnan(cohen_kappa(first, second))
        return
    sums = np.array([[(first == second).sum(), first.sum(), second.sum(), samples]], float)
    assert module._cohen(sums)[0] == pytest.approx(cohen_kappa_score(first, second), abs=1e-9)
    found = agreement(np.stack([first, second]))
    assert found.cohen.value == pytest.approx(cohen_kappa_score(first, second), abs=1e-9)


def test_an_interval_is_that_of_samples_drawn_again():
    data = opinions(3, 3, 120, 0.2)
    found = agreement(data).alpha
    rng = np.random.default_rng(1)
    drawn = [krippendorff_alpha(data[:, rng.integers(0, 120, 120)]) for _ in range(1000)]
    assert (found.low, found.high) == pytest.approx(tuple(np.quantile(drawn, [0.025, 0.975])), abs=0.03)
    assert found.low < found.value < found.high


def test_the_interval_holds_the_truth_about_as_often_as_it_says():
    truth = krippendorff_alpha(opinions(0, 3, 200_000, 0.2))
    held = [agreement(opinions(seed, 3, 150, 0.2)).alpha for seed in range(1, 121)]
    assert 0.88 <= np.mean([one.low <= truth <= one.high for one in held]) <= 0.995


def test_agreement_per_label():
    first = np.array([1, 1, 1, 1, 0, 0], float)
    second = np.array([1, 1, 1, 0, 0, 1], float)
    found = agreement(np.stack([first, second]))
    assert found.accepting.value == pytest.approx(2 * 3 / (2 * 3 + 2))
    assert found.rejecting.value == pytest.approx(2 * 1 / (2 * 1 + 2))


def test_what_cannot_be_told_is_not_told():
    assert agreement(np.full((3, 5), np.nan)).samples == 0
    assert agreement(np.zeros((0, 0))).samples == 0
    same = agreement(np.ones((2, 30)))
    assert same.raw.value == 1.0
    assert not same.alpha.is_known
    assert not same.cohen.is_known
    assert not same.fleiss.is_known
    assert not same.rejecting.is_known
    assert same.accepting.value == 1.0


def test_fleiss_takes_the_most_common_number_of_opinions():
    data = np.array([[1, 1, 0, 0, 1], [1, 0, 0, 0, 1], [1, 1, 0, 1, np.nan]], float)
    counts = np.array([[0, 3], [1, 2], [3, 0], [2, 1]], float)
    assert agreement(data).fleiss.value == pytest.approx(fleiss_kappa(counts))


def test_the_same_opinions_give_the_same_interval():
    data = opinions(5, 3, 80, 0.3)
    assert agreement(data) == agreement(data[:, ::-1])
