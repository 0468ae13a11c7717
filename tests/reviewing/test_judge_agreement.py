"""A judge against people: planted biases are found, and nothing is found where nothing was planted."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curation.reviewing.agreement import agreement, cohen_kappa
from curation.reviewing.correlating import length_slope, rank_correlation
from curation.reviewing.judge_agreement import cells, curve, held_out, propose

SAID = st.lists(st.tuples(st.integers(1, 5), st.booleans()), min_size=1, max_size=40)


def simulated(seed, n=600, per_doubling=0.0, noise=0.5):
    """(scores 1 to 5, logs of lengths, accepted): people like what is good, and good answers are longer."""
    rng = np.random.default_rng(seed)
    good = rng.normal(size=n)
    doublings = good + rng.normal(size=n)
    scores = np.clip(np.round(3 + good + per_doubling * doublings + noise * rng.normal(size=n)), 1, 5)
    return scores, np.log(2) * doublings, good + 0.1 * rng.normal(size=n) > 0


@given(SAID)
def test_every_bound_is_counted_as_one_by_one(said):
    scores, accepted = (np.array(side) for side in zip(*said, strict=True))
    found = curve(scores.astype(float), accepted)
    assert [one.bound for one in found] == sorted(set(scores.tolist()))
    for one in found:
        assert one.cells == cells(scores >= one.bound, accepted)
        assert one.cells.total == len(said)
    assert found[0].cells.people_alone == found[0].cells.neither == 0


@given(SAID)
@settings(max_examples=30, deadline=None)
def test_the_proposed_bound_has_the_highest_kappa_of_all(said):
    scores, accepted = (np.array(side, float) for side in zip(*said, strict=True))
    found = propose(curve(scores, accepted > 0))
    if accepted.min() == accepted.max():
        assert found is None
        return
    kappas = [cohen_kappa((scores >= bound).astype(float), accepted) for bound in np.unique(scores)]
    assert cohen_kappa((scores >= found.bound).astype(float), accepted) == pytest.approx(np.nanmax(kappas))


def test_a_bound_is_found_where_people_draw_the_line():
    scores, _, _ = simulated(0)
    assert propose(curve(scores, scores >= 4)).bound == 4
    yes = held_out(scores, scores >= 4)
    assert (yes == (scores >= 4)).all()


def test_a_bound_on_scores_without_sense_does_not_look_good_on_other_samples():
    own, others = [], []
    for seed in range(20):
        rng = np.random.default_rng(seed)
        scores, accepted = rng.normal(size=60), rng.random(60) < 0.5
        proposed = propose(curve(scores, accepted))
        own.append(cohen_kappa((scores >= proposed.bound).astype(float), accepted.astype(float)))
        others.append(agreement(np.stack([held_out(scores, accepted), accepted]).astype(float)).cohen.value)
    assert np.mean(own) > 0.08
    assert -0.15 < np.nanmean(others) < 0.05


@pytest.mark.parametrize("planted", [0.0, 0.5])
def test_a_planted_taste_for_length_is_told_from_longer_answers_being_better(planted):
    scores, logs, _ = simulated(0, per_doubling=planted)
    assert rank_correlation(scores, logs).low > 0.3
    for seed in range(3):
        found = length_slope(*simulated(seed, per_doubling=planted))
        assert found.is_biased == bool(planted)
        # What people said is yes or no, so a little of what makes longer answers better is left over.
        assert found.per_doubling == pytest.approx(planted, abs=0.25)


def test_the_correlation_is_that_of_scipy_and_holds_people_fixed():
    from scipy.stats import spearmanr

    scores, logs, accepted = simulated(1)
    said = accepted.astype(float)
    assert rank_correlation(scores, logs).value == pytest.approx(spearmanr(scores, logs).statistic, abs=1e-9)
    assert rank_correlation(scores, logs, said).value < rank_correlation(scores, logs).value
    assert np.isnan(rank_correlation(said, said, said).value)
    assert np.isnan(rank_correlation(np.ones(30), np.arange(30.0)).value)
    assert np.isnan(rank_correlation(np.arange(19.0), np.arange(19.0)).value)
