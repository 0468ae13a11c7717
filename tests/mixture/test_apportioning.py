"""Dividing a whole: against the method walked step by step."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from curation.mixture.apportioning import apportion

WEIGHTS = st.lists(st.integers(0, 9).map(float) | st.floats(0.01, 1), min_size=1, max_size=6)


def walked(total: int, weights: list[float], most: list[int]) -> list[int]:
    """Each further one to the greatest weight / (2 · part + 1) that is not full."""
    parts = [0] * len(weights)
    for _ in range(total):
        open_ones = [i for i, weight in enumerate(weights) if weight and parts[i] < most[i]]
        if open_ones:
            parts[max(open_ones, key=lambda i: (weights[i] / (2 * parts[i] + 1), -i))] += 1
    return parts


@given(st.data(), st.integers(0, 60), WEIGHTS)
def test_it_is_the_method_of_webster(data: st.DataObject, total: int, weights: list[float]) -> None:
    most = data.draw(st.lists(st.integers(0, 30), min_size=len(weights), max_size=len(weights)))
    assert apportion(total, np.array(weights), np.array(most)).tolist() == walked(total, weights, most)


@given(st.integers(0, 10**6), WEIGHTS)
def test_parts_add_up_and_never_shrink_when_the_whole_grows(total: int, weights: list[float]) -> None:
    parts, more = apportion(total, np.array(weights)), apportion(total + 1, np.array(weights))
    assert parts.sum() == (total if any(weights) else 0)
    assert (more >= parts).all()
