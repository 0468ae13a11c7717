"""Every number against an independent implementation that is written as its definition reads, and its limits."""

import gzip
import math
import statistics
from collections import Counter
from collections.abc import Callable, Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from curation.diversity.metrics import METRICS, LabelMetric, TextMetric, VectorMetric
from curation.diversity.metrics.compression import Compression
from curation.diversity.metrics.dc_score import DCScore
from curation.diversity.metrics.novel_sum import NovelSum
from curation.diversity.runs_of_words import Words

WORDS = [
    "write",
    "list",
    "a",
    "short",
    "poem",
    "story",
    "about",
    "rivers",
    "the",
    "rules",
    "of",
    "chess",
    "for",
    "children",
    "now",
    "please",
]


def texts_of(seed: int, count: int = 60) -> list[str]:
    chance = np.random.default_rng(seed)
    return [" ".join(chance.choice(WORDS, size=chance.integers(1, 12))) for _ in range(count)]


def vectors_of(seed: int, count: int = 40, width: int = 12) -> np.ndarray:
    found = np.random.default_rng(seed).normal(size=(count, width)) + 0.5
    return (found / np.linalg.norm(found, axis=1, keepdims=True)).astype(np.float32)


def runs(text: str, n: int) -> list[str]:
    words = text.lower().split()
    return [" ".join(words[at : at + n]) for at in range(len(words) - n + 1)]


def cosine(one: Sequence[float], other: Sequence[float]) -> float:
    return sum(float(a) * float(b) for a, b in zip(one, other, strict=True))


def bits(labels: Sequence[str]) -> float:
    shares = [count / len(labels) for count in Counter(labels).values()]
    return sum(share * math.log2(1 / share) for share in shares)


def vendi(vectors: np.ndarray) -> list[float]:
    """The eigenvalues as the squares of singular values, in double precision."""
    return [float(value) ** 2 / len(vectors) for value in np.linalg.svd(vectors.astype(float), compute_uv=False)]


def novel_sum(vectors: np.ndarray) -> float:
    rows = []
    for one in vectors:
        ranked = sorted(1 - cosine(one, other) for other in vectors)
        weights = [1 / rank for rank in range(1, len(ranked) + 1)]
        rows.append(sum(w * d for w, d in zip(weights, ranked, strict=True)) / sum(weights))
    return statistics.fmean(rows)


def dc_score(vectors: np.ndarray) -> float:
    own = []
    for at, one in enumerate(vectors):
        powers = [math.exp(cosine(one, other)) for other in vectors]
        own.append(powers[at] / sum(powers))
    return sum(own)


def distinct(texts: Sequence[str]) -> float:
    found = [run for text in texts for run in runs(text, 2)]
    return len(set(found)) / len(found)


def ngrams(texts: Sequence[str]) -> float:
    whole = [runs(" ".join(texts), n) for n in (1, 2, 3, 4)]
    return sum(len(set(found)) / len(found) for found in whole)


def repeated(texts: Sequence[str]) -> float:
    own = [set(runs(text, 4)) for text in texts]
    long = [at for at, found in enumerate(own) if found]
    return sum(any(own[at] & own[b] for b in long if b != at) for at in long) / len(long)


def compressed(texts: Sequence[str]) -> float:
    data = "\n".join(texts).encode()[: 40 * len(texts)]
    return len(data) / len(gzip.compress(data)) if len(data) == 40 * len(texts) else math.nan


def spread(texts: Sequence[str]) -> float:
    return statistics.pstdev(math.log2(len(text.split())) for text in texts)


INDEPENDENT: dict[str, Callable[..., float]] = {
    "verb_object_entropy": bits,
    "verb_object_number": lambda labels: 2 ** bits(labels),
    "vendi": lambda vectors: math.prod(value**-value for value in vendi(vectors) if value > 1e-12),
    "vendi_largest": lambda vectors: 1 / max(vendi(vectors)),
    "novel_sum": novel_sum,
    "dc_score": dc_score,
    "cluster_entropy": bits,
    "distinct": distinct,
    "ngram_diversity": ngrams,
    "self_repetition": repeated,
    "compression": compressed,
    "length_spread": spread,
    "task_types": lambda labels: 2 ** bits(labels),
    "categories": lambda labels: 2 ** bits(labels),
}


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("name", METRICS)
def test_a_number_is_what_an_independent_implementation_gives(name: str, seed: int) -> None:
    metric = METRICS[name]()
    if isinstance(metric, VectorMetric):
        vectors = vectors_of(seed, *((40, 12) if seed else (10, 30)))
        found, wanted = metric(vectors), INDEPENDENT[name](vectors)
    elif isinstance(metric, TextMetric):
        texts = [f"{text} {text[::-1]}" * 2 for text in texts_of(seed)] if name == "compression" else texts_of(seed)
        found, wanted = metric(texts), INDEPENDENT[name](texts)
        assert math.isfinite(wanted)
    else:
        assert isinstance(metric, LabelMetric)
        labels = np.random.default_rng(seed).choice(["a", "b", "c", "d"], 50, p=[0.6, 0.2, 0.15, 0.05]).tolist()
        found, wanted = metric(labels), INDEPENDENT[name](labels)
    assert found == pytest.approx(wanted, rel=2e-5)


@pytest.mark.parametrize("name", METRICS)
def test_a_number_says_what_it_means_and_repetition_moves_it_as_it_says(name: str) -> None:
    """Ten samples, each of them ten times, against a hundred different ones."""
    metric = METRICS[name]()
    assert metric.meaning.endswith(".")
    assert metric.label()
    few, many = np.arange(100) % 10, np.arange(100)
    if isinstance(metric, VectorMetric):
        vectors = vectors_of(5, 100)
        less, more = metric(vectors[few]), metric(vectors[many])
    elif isinstance(metric, TextMetric):
        texts = [f"{text} {at} {at * 7919 % 10007} and more" * 2 for at, text in enumerate(texts_of(5, 100))]
        if name == "length_spread":
            texts = ["word " * (1 + at) for at in range(100)]
        less, more = metric([texts[at] for at in few]), metric([texts[at] for at in many])
    else:
        assert isinstance(metric, LabelMetric)
        less, more = metric([str(at) for at in few]), metric([str(at) for at in many])
    assert (more > less) == metric.is_more


@given(st.integers(2, 30))
def test_alike_and_wholly_different_samples_are_the_ends_of_the_scale(count: int) -> None:
    alike, apart = np.ones((count, 1), np.float32), np.eye(count, dtype=np.float32)
    for name in ("vendi", "vendi_largest"):
        metric = METRICS[name]()
        assert isinstance(metric, VectorMetric)
        assert (metric(alike), metric(apart)) == (pytest.approx(1), pytest.approx(count))
    assert (DCScore()(alike), NovelSum()(alike)) == (pytest.approx(1), pytest.approx(0))
    assert DCScore()(apart) == pytest.approx(count * math.e / (math.e + count - 1))
    assert DCScore(temperature=0.02)(apart) == pytest.approx(count)


def test_density_makes_what_lies_in_a_crowd_count_more() -> None:
    """A worked example of the authors' formula: three vectors at right angles, k = 1, so each density is 1."""
    assert NovelSum(density=0.5, neighbours=1)(np.eye(3, dtype=np.float32)) == pytest.approx((1 / 2 + 1 / 3) / (11 / 6))
    close = np.array([[1, 0], [0.8, 0.6], [-1, 0]], np.float32)
    # Distances: 0.2 and 2; 0.2 and 1.8; 1.8 and 2. Densities with k = 1: 1 / 0.2, 1 / 0.2, 1 / 1.8.
    rows = [(0.2 / 2 + 2 / 3) / 0.2, (0.2 / 2 + 1.8 / 3) / 0.2, (1.8 / 2 + 2 / 3) / 1.8]
    assert NovelSum(density=1, neighbours=1)(close) == pytest.approx(statistics.fmean(rows) / (11 / 6), rel=1e-5)


def test_equal_bytes_are_looked_at_however_long_the_texts_are() -> None:
    base = [f"sentence {at * 7919 % 10007} of its own" for at in range(300)]
    short, long = base, [f"{text}, then {text[::-1]} " * 4 for text in base]
    assert Compression(per_text=10)(short) == pytest.approx(3000 / len(gzip.compress("\n".join(short).encode()[:3000])))
    assert math.isnan(Compression()(["short"] * 20))
    assert math.isfinite(Compression()(long))


@given(st.lists(st.text(max_size=40), max_size=12))
def test_any_text_gives_a_number_or_says_nothing(texts: list[str]) -> None:
    for metric in (each() for each in METRICS.values()):
        if isinstance(metric, TextMetric):
            found = metric(texts)
            assert math.isnan(found) or found >= 0


def test_words_with_lone_halves_of_characters_are_compressed_too() -> None:
    assert Compression(per_text=1)(["\ud800 broken"]) > 0


def test_runs_are_told_apart_however_many_words_there_are() -> None:
    """Ten words in a row from 300 different ones pass 2**63: runs are numbered anew on the way."""
    chance = np.random.default_rng(4)
    texts = [" ".join(f"w{at}" for at in chance.integers(300, size=15)) for _ in range(60)] * 2
    found = Words(texts).runs(10)
    wanted = [run for text in texts for run in runs(text, 10)]
    assert len(set(found.codes.tolist())) == len(set(wanted))
    assert len(set(zip(found.codes.tolist(), wanted, strict=True))) == len(set(wanted))
