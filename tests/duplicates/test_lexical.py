"""ROUGE-L within a set: the pairs, scores and decisions of `rouge_score`, whatever the rows are like."""

import json
from itertools import combinations
from pathlib import Path
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rouge_score import rouge_scorer

from curation.duplicates import nearest_earlier, novel, rouge_pairs, word_rows
from curation.errors import Cancelled
from curation.rouge import words

SEEDS = Path(__file__).resolve().parents[2] / "sample_data" / "seed_tasks.jsonl"
SCORER = rouge_scorer.RougeScorer(["rougeL"], use_stemmer=False)


def reference(one: str, other: str) -> float:
    """`RougeScorer.score` where its tokeniser sees every letter; its scorer on our words elsewhere."""
    if one.isascii() and other.isascii():
        return float(SCORER.score(one, other)["rougeL"].fmeasure)
    return float(rouge_scorer._score_lcs(words(one), words(other)).fmeasure)


def brute(texts: list[str], floor: float) -> dict[tuple[int, int], float]:
    scores = {(a, b): reference(texts[a], texts[b]) for a, b in combinations(range(len(texts)), 2)}
    return {pair: score for pair, score in scores.items() if score >= floor}


def loop(texts: list[str], bound: float) -> list[int]:
    """Self-Instruct's filter as it is written: keep what no kept text is more similar to than the bound."""
    kept: list[int] = []
    for place, text in enumerate(texts):
        if not any(reference(text, texts[other]) > bound for other in kept):
            kept.append(place)
    return kept


def check(texts: list[str], floor: float) -> None:
    rows = word_rows(texts)
    scored = rouge_pairs(rows, floor)
    pairs = scored.pairs
    expected = brute(texts, floor)
    assert (
        dict(zip(zip(scored.a.tolist(), scored.b.tolist(), strict=True), scored.score.tolist(), strict=True))
        == expected
    )
    assert list(zip(pairs.a.tolist(), pairs.b.tolist(), strict=True)) == sorted(expected)
    assert pairs.similarity.tolist() == scored.score.astype(np.float32).tolist()
    kept = novel(rows, floor)
    assert np.flatnonzero(kept.row < 0).tolist() == loop(texts, floor)
    assert all(
        kept.score[place] == reference(texts[place], texts[kept.row[place]]) for place in np.flatnonzero(kept.row >= 0)
    )
    near = nearest_earlier(rows, scored)
    for place in range(len(texts)):
        scores = [reference(texts[place], other) for other in texts[:place]]
        assert near.score[place] == max(scores, default=0.0)
        assert near.row[place] == (scores.index(max(scores)) if scores and max(scores) > 0 else -1)


def drawn(random: Random, rows: int, vocabulary: list[str], lengths: tuple[int, int]) -> list[str]:
    """Rows of these words, a third of them edited copies of earlier ones."""
    texts: list[str] = []
    for place in range(rows):
        if texts and place % 3 == 0:
            text = random.choice(texts).split()
            for _ in range(1 + len(text) // 8):
                if text:
                    text[random.randrange(len(text))] = random.choice([*vocabulary, ""])
        else:
            text = random.choices(vocabulary, k=random.randint(*lengths))
        texts.append(" ".join(text))
    return texts


FLOORS = st.sampled_from([0.3, 0.5, 0.6, 0.7, 0.75, 0.8, 1.0])
FEW = ["ab", "c", "de", "größe", "東", "東京"]
WORDS = [f"w{number}" for number in range(60)]


@settings(deadline=None, max_examples=60)
@given(st.lists(st.lists(st.sampled_from(FEW), max_size=9).map(" ".join), max_size=14), FLOORS)
def test_few_words_many_ties_and_empty_rows(texts, floor):
    check(texts, floor)


@settings(deadline=None, max_examples=25)
@given(st.lists(st.text(max_size=30), max_size=12), FLOORS)
def test_any_text_at_all(texts, floor):
    check(texts, floor)


@settings(deadline=None, max_examples=12)
@given(st.randoms(use_true_random=False), st.sampled_from([3, 12, 60]), FLOORS)
def test_random_rows(random, vocabulary, floor):
    check(drawn(random, 40, WORDS[:vocabulary], (0, 14)), floor)


@settings(deadline=None, max_examples=6)
@given(st.randoms(use_true_random=False), st.sampled_from([4, 60]), st.sampled_from([0.5, 0.7]))
def test_long_rows(random, vocabulary, floor):
    """Of 50 to 200 words, so below, at and above the 64 that one machine word holds."""
    check([*drawn(random, 9, WORDS[:vocabulary], (50, 200)), " ".join(WORDS), " ".join([*WORDS, *"abcd"])], floor)


@pytest.mark.parametrize("floor", [0.5, 0.7])
def test_real_instructions(floor):
    texts = [json.loads(line)["instruction"] for line in SEEDS.read_text(encoding="utf-8").splitlines()][:75]
    check([*texts, *(text.replace("a", "the", 1) for text in texts[:15])], floor)


def test_no_rows_and_one_row():
    for texts in ([], [""], ["One."]):
        check(texts, 0.5)


def test_ten_thousand_equal_texts_do_not_explode():
    rows = word_rows(["Say hello."] * 10_000 + ["Say hello twice."])
    assert np.count_nonzero(novel(rows).row < 0) == 1  # the last one has F1 0.8
    pairs = rouge_pairs(rows, 0.5, most=50_000).pairs
    assert (len(pairs), pairs.floor > 1) == (0, True)  # all pairs tie, so none can be chosen
    different = rows.among(np.flatnonzero(rows.first() == np.arange(10_001)))
    assert rouge_pairs(different, 0.5).pairs.similarity.tolist() == [np.float32(0.8)]


def test_the_floor_rises_to_what_fits():
    texts = drawn(Random(5), 200, WORDS[:9], (4, 9))
    rows = word_rows(texts)
    everything = rouge_pairs(rows, 0.2)
    for most in (0, 10, 700, 3000):
        found = rouge_pairs(rows, 0.2, most=most)
        assert len(found.a) <= most
        above = everything.score.astype(np.float32) >= np.float32(found.floor)
        assert found.score.tolist() == everything.score[above].tolist()
        assert found.a.tolist() == everything.a[above].tolist()


def test_a_text_of_100_000_words():
    random = Random(1)
    long = [str(random.randrange(5000)) for _ in range(100_000)]
    texts = ["Name a colour.", " ".join(long), " ".join([*long[:90_000], "end"]), "Name a warm colour."]
    rows = word_rows(texts)
    pairs = rouge_pairs(rows, 0.5)
    assert list(zip(pairs.a.tolist(), pairs.b.tolist(), strict=True)) == [(0, 3), (1, 2)]
    precision, recall = 90_000 / 90_001, 90_000 / 100_000
    assert pairs.score[1] == 2 * precision * recall / (precision + recall)
    assert nearest_earlier(rows, pairs).row.tolist() == [-1, -1, 1, 0]


def all_nearest(rows, _floor, progress):
    return nearest_earlier(rows, rouge_pairs(word_rows([]), 0.5), progress)


@pytest.mark.parametrize("work", [rouge_pairs, novel, all_nearest])
def test_progress_reaches_the_end_and_can_stop_the_work(work):
    rows = word_rows(drawn(Random(2), 5000, WORDS, (3, 9)))
    steps: list[tuple[int, int]] = []
    work(rows, 0.9, lambda *step: steps.append(step))
    assert steps == sorted(steps)
    assert steps[-1][0] == steps[-1][1] > 0

    def stop(*_step: int) -> None:
        raise Cancelled("Stopped.")

    with pytest.raises(Cancelled):
        work(rows, 0.9, stop)


@pytest.mark.parametrize("floor", [0.0, -1.0, 1.1])
def test_a_floor_outside_is_refused(floor):
    for work in (rouge_pairs, novel):
        with pytest.raises(ValueError, match="a floor must be in"):
            work(word_rows(["One."]), floor)
