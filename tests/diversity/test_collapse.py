"""How much the texts of a batch repeat each other, against draws and against values worked out by hand."""

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from curation.diversity.collapse import distinct_at, self_repetition, top_opening

TEXTS = st.lists(st.lists(st.sampled_from("abcde"), max_size=12), max_size=12)


def test_the_expected_share_is_what_draws_give_on_average():
    chance = np.random.default_rng(3)
    texts = [[str(word) for word in chance.zipf(1.6, 12).clip(0, 30)] for _ in range(20)]
    pairs = [pair for text in texts for pair in pairwise(text)]
    drawn = [len({pairs[at] for at in chance.choice(len(pairs), 100, replace=False)}) / 100 for _ in range(3000)]
    assert distinct_at(texts, 100) == pytest.approx(np.mean(drawn), abs=0.003)


@given(TEXTS, st.integers(1, 40))
def test_a_share_or_too_little_text(texts, size):
    pairs = sum(max(0, len(text) - 1) for text in texts)
    found = distinct_at(texts, size)
    assert math.isnan(found) if pairs < size else 0 < found <= 1 + 1e-9


def test_a_draw_of_everything_is_the_plain_share():
    texts = [list("abcab"), list("abd")]
    assert distinct_at(texts, 6) == pytest.approx(4 / 6)


@given(TEXTS)
def test_text_said_twice_repeats_itself(texts):
    found = self_repetition([*texts, *texts])
    assert math.isnan(found) if all(len(text) < 4 for text in texts) else found == 1


def test_nothing_is_no_number():
    assert math.isnan(self_repetition([["too", "short"]]))
    assert top_opening([[]])[0] == ""
    assert math.isnan(top_opening([])[1])


def test_of_equally_common_openings_the_first_by_alphabet_is_named():
    assert top_opening([["b"], ["a"]]) == ("a", 0.5)
