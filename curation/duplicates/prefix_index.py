"""Which earlier rows to compare a row with: those that stand beside its rarest words.

Two rows of m and k words with F1 >= t share at least t (m + k) / 2 words. So of the words of each row, rarest first,
only as many are looked up, and only as many are listed, that two rows which share enough must meet at one of them
(prefix filter; Bayardo et al. 2007, https://doi.org/10.1145/1242572.1242591). Whether what meets there can share
enough is told by length, place (Xiao et al. 2008, https://doi.org/10.1145/1367497.1367516) and signature.
"""

from typing import NamedTuple

import numpy as np

from curation.computing.compiled import compiled
from curation.duplicates.common_words import SLACK, bits
from curation.duplicates.word_rows import Bits, Ints, Longs, WordRows


class Index(NamedTuple):
    """By element, the rows that list it: entries `begins[e]` to `fills[e]`, each with what is asked of it at once.

    Args:
        begins: int64 of shape (elements,).
        fills: int64 of shape (elements,).
        rows: int32 of shape (entries,).
        places: int32, where in the row the element stands.
        lengths: int32, words in the row.
        signatures: uint64, of the row.
        listed: int64 of shape (rows,), how many of its elements each row lists.
        looked_up: int64 of shape (rows,), how many of its elements each row looks up.
    """

    begins: Longs
    fills: Longs
    rows: Ints
    places: Ints
    lengths: Ints
    signatures: Bits
    listed: Longs
    looked_up: Longs


def make_index(rows: WordRows, floor: float, rising: bool) -> Index:
    """An empty index with room for all rows.

    Args:
        rows: what is compared.
        floor: the lowest F1 to look for.
        rising: whether no row is shorter than those before it; a row lists fewer elements then.
    """
    lengths = rows.lengths
    least = floor / (2 - floor)
    looked_up = _prefix(lengths, least)
    listed = _prefix(lengths, floor) if rising else looked_up
    place = np.arange(len(rows.elements)) - np.repeat(rows.starts[:-1], lengths)
    counts = np.bincount(rows.elements[place < np.repeat(listed, lengths)], minlength=1 + rows.elements.max(initial=-1))
    begins = np.cumsum(counts) - counts
    entries = int(counts.sum())
    stands, places, words = (np.empty(entries, np.int32) for _ in range(3))
    return Index(begins, begins.copy(), stands, places, words, np.empty(entries, np.uint64), listed, looked_up)


def _prefix(lengths: Longs, share_of: float) -> Longs:
    """How many of the rarest elements of each row are enough, where at least this share of them must be common."""
    return np.asarray(np.minimum(lengths, lengths - np.ceil(share_of * lengths - SLACK) + 1), np.int64)


@compiled
def list_row(rows: WordRows, index: Index, row: int) -> None:
    """Let later rows meet this one."""
    start = rows.starts[row]
    for place in range(index.listed[row]):
        element = rows.elements[start + place]
        at = index.fills[element]
        index.rows[at], index.places[at] = row, place
        index.lengths[at] = rows.starts[row + 1] - start
        index.signatures[at] = rows.signatures[row]
        index.fills[element] = at + 1


@compiled
def shortest(length: int, floor: float) -> float:
    """Words that a row must have at least to reach the floor with one of this length."""
    return floor / (2 - floor) * length - SLACK


@compiled
def pass_shorter(index: Index, element: int, least: float) -> int:
    """The first entry that is long enough; those before it are too short for all rows to come as well."""
    at, end, lengths = int(index.begins[element]), index.fills[element], index.lengths
    while at < end and lengths[at] < least:
        at += 1
    index.begins[element] = at
    return at


@compiled
def next_entry(index: Index, at: int, end: int, own: tuple[int, int, np.uint64], half: float) -> int:
    """The first entry from `at` on whose row may share enough with a row, by what the entry says; else the end.

    Args:
        index: where to look.
        at: the first entry to look at.
        end: the entry after the last.
        own: words in the row, the place where it meets these entries, its signature.
        half: half the floor.
    """
    length, place, signature = own
    left = length - place
    places, lengths, signatures = index.places, index.lengths, index.signatures
    while at < end:
        need = half * (length + lengths[at]) - SLACK
        if min(left, lengths[at] - places[at]) >= need and alike(
            (length, signature), (lengths[at], signatures[at]), need
        ):
            break
        at += 1
    return at


@compiled
def alike(one: tuple[int, np.uint64], other: tuple[int, np.uint64], need: float) -> bool:
    """Whether two rows, by length and signature, can share as many words as needed."""
    return bool(one[0] - bits(one[1] & ~other[1]) >= need and other[0] - bits(other[1] & ~one[1]) >= need)
