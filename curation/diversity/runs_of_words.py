"""Runs of words as whole numbers, which can be counted many times as fast as tuples of words."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray


class Runs(NamedTuple):
    """Runs of words: two have the same code where they are equal; `texts` is the place of the text of each."""

    codes: NDArray[np.int64]
    texts: NDArray[np.int64]


def word_runs(texts: Sequence[str], n: int) -> Runs:
    """All runs of n words in the order of the texts; none reaches over the end of a text.

    Words are what white space divides, in lower case.

    >>> word_runs(["a b a b", "A b", "a"], 2)
    Runs(codes=array([0, 1, 0, 0]), texts=array([0, 0, 0, 1]))
    """
    known: dict[str, int] = {}
    split = [text.lower().split() for text in texts]
    words = np.fromiter((known.setdefault(word, len(known)) for part in split for word in part), np.int64)
    owners = np.repeat(np.arange(len(texts)), [len(part) for part in split])
    codes = words
    for step in range(1, n):
        # A run is the run before it and one word more: numbering these pairs anew keeps them far below 2**63.
        codes = np.unique(codes[:-1] * len(known) + words[step:], return_inverse=True)[1].astype(np.int64)
    count = max(0, len(words) - n + 1)
    is_inside = owners[:count] == owners[n - 1 : n - 1 + count]
    return Runs(codes[:count][is_inside], owners[:count][is_inside])
