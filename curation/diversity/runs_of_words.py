"""Runs of words as whole numbers, which are counted faster than tuples of words."""

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

_MOST: Final = 2**63


class Runs(NamedTuple):
    """Runs of words: two have the same code where they are equal; `texts` is the place of the text of each."""

    codes: NDArray[np.int64]
    texts: NDArray[np.int64]


class Words:
    """The words of some texts, in order: what white space divides, in lower case."""

    def __init__(self, texts: Sequence[str]) -> None:
        """Number the different words."""
        known: dict[str, int] = {}
        split = [text.lower().split() for text in texts]
        for words in split:
            for word in words:
                known.setdefault(word, len(known))
        numbered = known.__getitem__
        self.codes = np.array([code for words in split for code in map(numbered, words)], np.int64)
        self.owners = np.repeat(np.arange(len(texts)), [len(words) for words in split])
        self.known = max(1, len(known))

    def runs(self, n: int) -> Runs:
        """All runs of n words; none reaches over the end of a text.

        >>> Words(["a b a b", "A b", "a"]).runs(2)
        Runs(codes=array([1, 2, 1, 1]), texts=array([0, 0, 0, 1]))
        """
        codes, most = self.codes, self.known
        for step in range(1, n):
            if most * self.known >= _MOST:  # the number would not fit: count those that there are anew
                codes = np.unique(codes, return_inverse=True)[1].astype(np.int64)
                most = len(codes) + 1
            codes = codes[:-1] * self.known + self.codes[step:]
            most *= self.known
        count = max(0, len(self.codes) - n + 1)
        is_inside = self.owners[:count] == self.owners[n - 1 : n - 1 + count]
        return Runs(codes[:count][is_inside], self.owners[:count][is_inside])
