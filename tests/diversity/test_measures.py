"""Diversity numbers against values worked out by hand and against their definition."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curation.diversity import distinct_n, effective_number, entropy


def test_entropy_of_a_half_and_two_quarters_is_one_and_a_half_bits():
    assert entropy([2, 1, 1]) == pytest.approx(1.5 * math.log(2))
    assert effective_number([2, 1, 1]) == pytest.approx(2**1.5)


def test_one_kind_and_none():
    assert (entropy([7]), entropy([]), entropy([0, 0])) == (0, 0, 0)
    assert (effective_number([7]), effective_number([]), effective_number([0])) == (1, 0, 0)


@pytest.mark.parametrize("bad", [-1, math.nan, math.inf])
def test_what_is_no_count_is_refused(bad):
    with pytest.raises(ValueError, match="counts are zero or more"):
        entropy([1, bad])


@given(st.integers(1, 200), st.integers(1, 1000))
def test_equal_kinds_count_fully(kinds, each):
    assert effective_number([each] * kinds) == pytest.approx(kinds)


@given(st.lists(st.integers(0, 10**6), min_size=1).filter(any))
def test_entropy_lies_between_none_and_even_and_does_not_depend_on_scale(counts):
    assert -1e-12 <= entropy(counts) <= math.log(sum(count > 0 for count in counts)) + 1e-9
    assert entropy([3 * count for count in counts]) == pytest.approx(entropy(counts), abs=1e-9)


def test_distinct_n_counts_runs_of_words_within_texts():
    texts = ["the cat sat", "The cat ran"]
    assert distinct_n(texts, 1) == pytest.approx(4 / 6)
    assert distinct_n(texts, 2) == pytest.approx(3 / 4)
    assert distinct_n(texts, 3) == 1
    assert math.isnan(distinct_n(texts, 4))
    with pytest.raises(ValueError, match="1 or more"):
        distinct_n(texts, 0)
