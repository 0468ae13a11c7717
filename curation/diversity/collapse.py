"""How much the texts of one batch repeat each other: what falls or rises when a model collapses into a few patterns.

Every number is comparable between batches of about equal size, whatever the length of their texts, so that a run can be
watched batch by batch and generations of data side by side.
"""

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np

SIZE = 200
"""Pairs of words at which distinct-2 is given."""
RUN = 4
"""Words of a run that is too long to be shared by chance (Salkar et al. 2022, "Self-Repetition")."""
OPENING = 3
"""Words that make an opening."""

Words = Sequence[str]


def distinct_at(texts: Sequence[Words], size: int = SIZE) -> float:
    """Expected share of different pairs of neighbouring words among `size` of them drawn from all texts.

    Distinct-2 (Li et al. 2016) falls with the amount of text. Here it is the rarefied richness of Hurlbert (1971,
    doi:10.2307/1934145), exact and without chance: each kind of pair, found c times among N, is in a draw of m with
    probability 1 - C(N - c, m) / C(N, m).

    Args:
        texts: the words of each text; no pair reaches over the end of one.
        size: pairs in a draw.

    Returns:
        0 to 1; NaN where there are fewer pairs than `size`.

    >>> distinct_at([["a", "b", "c"], ["a", "b", "d"]], size=4)
    0.75
    """
    counts = Counter(pair for text in texts for pair in pairwise(text))
    total = counts.total()
    if total < size:
        return math.nan
    sizes, often = np.unique(np.fromiter(counts.values(), np.int64, len(counts)), return_counts=True)
    missed = [_missed(total, count, size) for count in sizes.tolist()]
    return float(np.dot(1 - np.array(missed), often)) / size


def self_repetition(texts: Sequence[Words], run: int = RUN) -> float:
    """Share of the texts in which a run of words stands that is also in another one.

    Returns:
        0 to 1; NaN where no text has so many words.

    >>> self_repetition([["a", "b", "c", "d"], ["x", "a", "b", "c", "d"], ["e", "f", "g", "h"]])
    0.6666666666666666
    """
    runs = [set(_runs(text, run)) for text in texts]
    counts = Counter(one for found in runs for one in found)
    shared = [any(counts[one] > 1 for one in found) for found in runs if found]
    return sum(shared) / len(shared) if shared else math.nan


def top_opening(texts: Sequence[Words]) -> tuple[str, float]:
    """The commonest first three words, and the share of the texts that start with them; ("", NaN) for no text.

    >>> top_opening([["write", "a", "poem"], ["write", "a", "poem", "now"], ["why"]])
    ('write a poem', 0.6666666666666666)
    """
    counts = Counter(" ".join(text[:OPENING]) for text in texts if text)
    if not counts:
        return "", math.nan
    opening, found = min(counts.items(), key=lambda item: (-item[1], item[0]))
    return opening, found / counts.total()


def _missed(total: int, count: int, size: int) -> float:
    """The probability that none of `count` among `total` is in a draw of `size`."""
    if total - count < size:
        return 0.0
    return math.exp(
        math.lgamma(total - count + 1)
        - math.lgamma(total - count - size + 1)
        - math.lgamma(total + 1)
        + math.lgamma(total - size + 1)
    )


def _runs(text: Words, run: int) -> Iterator[tuple[str, ...]]:
    return zip(*(text[start:] for start in range(run)), strict=False)
