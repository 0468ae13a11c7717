"""ROUGE-L against the package that Self-Instruct and Alpaca use."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rouge_score import rouge_scorer, tokenize

from curation import rouge
from curation.rouge import Pool, words

SCORER = rouge_scorer.RougeScorer(["rougeL"], use_stemmer=False)
WORDS = ["name", "a", "b", "the", "colour", "of", "it", "write", "list", "7"]
FEW_WORDS = st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join)
ASCII = st.text(st.characters(max_codepoint=127), max_size=40)


def reference(one, other):
    return SCORER.score(one, other)["rougeL"].fmeasure


@settings(deadline=None)
@given(ASCII)
def test_words_of_ascii_are_those_of_rouge_score(text):
    assert words(text) == tokenize.tokenize(text, None)


@settings(deadline=None)
@given(st.lists(FEW_WORDS | ASCII, max_size=8), st.lists(FEW_WORDS | ASCII, min_size=1, max_size=8))
def test_scores_equal_rouge_score(new, pool):
    expected = [[reference(one, other) for other in pool] for one in new]
    scores = Pool(pool).scores(new)
    assert scores.dtype == np.float32
    assert scores.shape == (len(new), len(pool))
    np.testing.assert_allclose(scores, np.reshape(expected, scores.shape), rtol=0, atol=1e-7)


@settings(deadline=None)
@given(FEW_WORDS, st.lists(FEW_WORDS | ASCII, min_size=1, max_size=12), st.integers(1, 12))
def test_the_nearest_carry_the_very_floats_of_rouge_score(text, pool, k):
    expected = [reference(text, other) for other in pool]
    found = Pool(pool).nearest([text], k)[0]
    order = sorted(range(len(pool)), key=lambda place: (-expected[place], place))[:k]
    assert [near.text for near in found.nearest] == [pool[place] for place in order]
    assert [near.similarity for near in found.nearest] == [expected[place] for place in order]
    assert found.most == max(expected)
    assert found.average == pytest.approx(np.mean(expected), abs=1e-7)


@settings(deadline=None)
@given(st.lists(st.lists(FEW_WORDS, max_size=5), max_size=5), FEW_WORDS)
def test_a_pool_that_grows_equals_one_made_at_once(parts, text):
    grown = Pool()
    for part in parts:
        grown.add(part)
    whole = Pool([text for part in parts for text in part])
    assert len(grown) == len(whole)
    assert np.array_equal(grown.scores([text]), whole.scores([text]))


def test_blocks_change_nothing(monkeypatch):
    texts = [f"word{n % 7} and word{n % 5} or {n % 3}" for n in range(100)]
    pool = Pool(texts)
    asked = ["word1 and word2", "or", "", "word6 and nothing else"]
    whole, near = pool.scores(asked), pool.nearest(asked, 3)
    monkeypatch.setattr(rouge, "_COLUMNS", 7)
    monkeypatch.setattr(rouge, "_CELLS", 1)
    assert np.array_equal(pool.scores(asked), whole)
    assert pool.nearest(asked, 3) == near
    assert Pool(texts).nearest(asked, 3) == near


def test_a_tie_at_the_bound_is_decided_as_rouge_score_decides_it():
    """Where 2·L / (m + n) is exactly 0.7, its float is 0.7 for some lengths and 0.7000000000000001 for others."""
    decisions = set()
    for common in range(1, 60):
        for m in range(common, 3 * common):
            n = 20 * common / 7 - m
            if n != int(n) or n < common:
                continue
            one = " ".join([f"c{i}" for i in range(common)] + ["x"] * (m - common))
            other = " ".join([f"c{i}" for i in range(common)] + ["y"] * (int(n) - common))
            most = Pool([other]).nearest([one], 1)[0].most
            assert most == reference(one, other)
            decisions.add(most > 0.7)
    assert decisions == {True, False}


def test_an_empty_pool_and_empty_texts():
    assert Pool().scores(["a b"]).shape == (1, 0)
    empty = Pool().nearest(["a b"], 10)[0]
    assert empty.nearest == ()
    assert empty.most == 0
    assert np.isnan(empty.average)
    assert Pool(["?", "", "a"]).scores(["", "!", "a"]).tolist() == [[0, 0, 0], [0, 0, 0], [0, 0, 1]]


def test_scripts_that_rouge_score_cannot_see():
    pool = Pool(["Назови цвет радуги", "東京の天気を教えて", "Nenne eine schöne Größe"])
    assert pool.nearest(["Назови цвет"], 1)[0].most == pytest.approx(0.8)
    assert pool.nearest(["京都の天気を教えて"], 1)[0].most == pytest.approx(8 / 9)
    assert pool.nearest(["nenne eine SCHÖNE größe!"], 1)[0].most == 1
    assert words("ภาษา・ไทย") == list("ภาษาไทย")


def test_many_words_skip_the_surrogates():
    vocabulary = [f"w{n}" for n in range(70_000)]
    pool = Pool([" ".join(vocabulary)])
    assert pool.nearest([" ".join(vocabulary[55_000:56_000])], 1)[0].nearest[0].similarity == pytest.approx(
        2000 / 71_000
    )


def test_too_many_words_are_refused_in_a_sentence(monkeypatch):
    monkeypatch.setattr(rouge, "_CHARACTERS", 4)
    with pytest.raises(rouge.CurationError, match="smaller pool"):
        Pool(["one two three four"])


@settings(deadline=None)
@given(st.lists(st.text(max_size=30), min_size=1, max_size=6))
def test_any_text_is_like_itself_and_the_scores_go_both_ways(texts):
    scores = Pool(texts).scores(texts)
    assert np.array_equal(scores, scores.T)
    assert scores.min() >= 0
    assert np.diag(scores).tolist() == [float(bool(words(text))) for text in texts]
