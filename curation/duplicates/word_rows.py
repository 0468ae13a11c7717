"""Texts as rows of numbers, laid out for comparing their words."""

from array import array
from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from curation.rouge import words

Ints = NDArray[np.int32]
Longs = NDArray[np.int64]
Bits = NDArray[np.uint64]

_MIX = np.uint64(0x9E3779B97F4A7C15)
"""2^64 divided by the golden ratio: numbers in a row fall on bits far apart (Knuth's multiplicative hashing)."""


class WordRows(NamedTuple):
    """Rows of words. The words of row i are `words[starts[i]:starts[i + 1]]`.

    Args:
        words: int32, the number of each word, row after row in reading order.
        elements: int32, the same words without their order: the first, second … occurrence of a word in a row are
            elements of their own, numbered from the rarest in all rows to the most frequent, ascending in each row.
        starts: int64 of shape (rows + 1,).
        signatures: uint64 of shape (rows,); each element of a row sets one of 64 bits.
    """

    words: Ints
    elements: Ints
    starts: Longs
    signatures: Bits

    @property
    def lengths(self) -> Longs:
        """Words in each row, int64 of shape (rows,)."""
        return np.diff(self.starts)

    def among(self, chosen: NDArray[np.integer]) -> "WordRows":
        """The rows with these numbers, in this order."""
        lengths = self.lengths[chosen]
        starts = _starts(lengths)
        source = np.repeat(self.starts[:-1][chosen] - starts[:-1], lengths) + np.arange(starts[-1])
        return WordRows(self.words[source], self.elements[source], starts, self.signatures[chosen])

    def first(self) -> Ints:
        """The first of the rows that have the same words in the same order as each row: int32 of shape (rows,).

        Rows without words share nothing and are the same as no other.

        >>> word_rows(["Name a dog.", "name: a dog", "?", "!"]).first().tolist()
        [0, 0, 2, 3]
        """
        known: dict[bytes, int] = {}
        ends = self.starts.tolist()
        found = np.arange(len(ends) - 1, dtype=np.int32)
        for row, (start, end) in enumerate(pairwise(ends)):
            if end > start:
                found[row] = known.setdefault(self.words[start:end].tobytes(), row)
        return found


class _Numbers(dict[str, int]):
    """Numbers words in the order in which they turn up."""

    def __missing__(self, word: str) -> int:
        self[word] = number = len(self)
        return number


def word_rows(texts: Iterable[str]) -> WordRows:
    """The words of texts (see `curation.rouge.words`) as rows."""
    numbers = _Numbers()
    flat, lengths = array("i"), array("q")
    for text in texts:
        split = words(text)
        flat.extend(map(numbers.__getitem__, split))
        lengths.append(len(split))
    numbered = np.array(flat, np.int32)
    starts = _starts(np.array(lengths, np.int64))
    elements = _rarest_first(_occurrences(numbered, starts, len(numbers)), starts)
    return WordRows(numbered, elements, starts, _signatures(elements, starts))


def _starts(lengths: Longs) -> Longs:
    return np.concatenate([np.zeros(1, np.int64), np.cumsum(lengths)])


def _occurrences(numbered: Ints, starts: Longs, vocabulary: int) -> Ints:
    """Elements in rows: the number of a word for its first occurrence in a row, one above all words for a further."""
    ordered = _sorted_rows(numbered, starts)
    again = np.zeros(len(ordered), np.int64)
    again[1:] = ordered[1:] == ordered[:-1]
    again[starts[:-1][np.diff(starts) > 0]] = 0
    # The count so far of a run of ones: how many there are, less how many there were where the run began.
    total = np.cumsum(again)
    nth = total - np.maximum.accumulate(np.where(again == 0, total, 0))
    further = nth > 0
    _, which = np.unique(ordered[further] + nth[further] * vocabulary, return_inverse=True)
    ordered[further] = vocabulary + which
    return ordered


def _rarest_first(elements: Ints, starts: Longs) -> Ints:
    """The same elements, renumbered from the rarest to the most frequent and sorted in each row."""
    count = np.bincount(elements)
    place = np.empty(len(count), np.int32)
    place[np.argsort(count, kind="stable")] = np.arange(len(count), dtype=np.int32)
    return _sorted_rows(place[elements], starts)


def _sorted_rows(values: Ints, starts: Longs) -> Ints:
    """The values of each row in ascending order."""
    rows = np.repeat(np.arange(len(starts) - 1, dtype=np.int64), np.diff(starts))
    return np.asarray(np.sort(rows << 32 | values) & 0xFFFFFFFF, np.int32)


def _signatures(elements: Ints, starts: Longs) -> Bits:
    found = np.zeros(len(starts) - 1, np.uint64)
    filled = np.diff(starts) > 0
    if filled.any():
        bits = np.uint64(1) << (elements.astype(np.uint64) * _MIX >> np.uint64(58))
        found[filled] = np.bitwise_or.reduceat(bits, starts[:-1][filled])
    return found
