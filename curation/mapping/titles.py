"""Words that tell a cluster from the others."""

import re
from collections import Counter
from collections.abc import Sequence
from math import log

import numpy as np
from numpy.typing import NDArray

_WORD = re.compile(r"[^\W\d_][^\W_]+(?:['’-][^\W_]+)*")
NO_WORDS = "no words in common"


def titles(texts: Sequence[str], labels: NDArray[np.int32], terms: int = 3) -> list[str]:
    """A title for each cluster 0 … max(labels), such as `poem · haiku · rhyme`; the same texts give the same titles.

    Class-based TF-IDF as in BERTopic (Grootendorst 2022), on the number of texts that hold a word: the share of the
    cluster's texts with the word, times log(1 + average cluster size / texts with the word). Stop words, words of one
    letter and words of a single text (in clusters of more) are left out, and of forms such as word and words the
    better one stays.

    Args:
        texts: what is placed.
        labels: the cluster of each text, int32 of shape (n,), from 0.
        terms: words per title.
    """
    from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

    clusters = int(labels.max()) + 1 if len(labels) else 0
    inside: list[Counter[str]] = [Counter() for _ in range(clusters)]
    for text, label in zip(texts, labels.tolist(), strict=True):
        inside[label].update(set(_WORD.findall(text.casefold())) - ENGLISH_STOP_WORDS)
    everywhere: Counter[str] = sum(inside, Counter())
    sizes = np.bincount(labels, minlength=clusters).tolist()
    average = len(texts) / max(1, clusters)
    return [
        _title({word: held / size * log(1 + average / everywhere[word]) for word, held in _common(counts, size)}, terms)
        for counts, size in zip(inside, sizes, strict=True)
    ]


def _common(counts: Counter[str], size: int) -> list[tuple[str, int]]:
    """The words with how many texts hold each; those of a single text only where nothing else is there."""
    shared = [(word, held) for word, held in counts.items() if held > 1]
    return shared if size > 1 and shared else list(counts.items())


def _title(score: dict[str, float], terms: int) -> str:
    chosen: list[str] = []
    for word in sorted(score, key=lambda word: (-score[word], word)):
        if len(chosen) == terms:
            break
        if not any(_same_stem(word, other) for other in chosen):
            chosen.append(word)
    return " · ".join(chosen) or NO_WORDS


def _same_stem(one: str, other: str) -> bool:
    """Whether one word is the other with up to three letters more, as in word, words and worded."""
    short, long = sorted((one, other), key=len)
    return long.startswith(short) and len(long) - len(short) <= 3 and len(short) > 2
