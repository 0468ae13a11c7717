"""ROUGE-L within a whole set, exact: all similar pairs, the nearest earlier text, and what a novelty filter keeps.

The scores are those of `rouge_score` without its stemmer, to the last bit of their float64, on the words of
`curation.rouge.words`; where all texts are ASCII those are its words too. Texts without words score 0.
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from curation.duplicates.common_words import Scores, make_room
from curation.duplicates.lexical_search import join, nearest, sift
from curation.duplicates.pairs import MOST, Progress
from curation.duplicates.prefix_index import make_index
from curation.duplicates.scored import Gathered, Scored
from curation.duplicates.word_rows import Ints, WordRows

NOVEL = 0.7
"""An instruction is new when its ROUGE-L F1 with no kept one is above this (Self-Instruct, Wang et al. 2023)."""
_ROWS = 2048
_STEP = 1 << 26
"""Comparisons between two calls for progress."""


class Nearest(NamedTuple):
    """The most similar earlier row of each row.

    Args:
        row: int32 of shape (rows,), the first of the most similar ones; -1 where no earlier row shares a word.
        score: float64, F1 with it; 0 where there is none.
    """

    row: Ints
    score: Scores


def rouge_pairs(rows: WordRows, floor: float = 0.6, progress: Progress | None = None, most: int = MOST) -> Scored:
    """Every pair of rows whose ROUGE-L F1 is at least `floor`; none is missed.

    Args:
        rows: what is compared. Rows with the same words are pairs too, so leave copies out where there may be many.
        floor: the lowest F1 to look for, above 0.
        progress: called with (comparisons done, all comparisons) after each block; what it raises stops the search.
        most: pairs to keep at most. Where there are more, the floor is raised until they fit.

    Raises:
        ValueError: the floor is not in (0, 1].

    >>> from curation.duplicates.word_rows import word_rows
    >>> found = rouge_pairs(word_rows(["Name a colour.", "Add two numbers.", "Name a warm colour!"]))
    >>> found.a.tolist(), found.b.tolist(), found.score.round(3).tolist()
    ([0], [2], [0.857])
    """
    _check(floor)
    # From the shortest row to the longest, so that a row meets none that is longer than itself.
    order = np.argsort(rows.lengths, kind="stable").astype(np.int32)
    ordered = rows.among(order)
    index, room = make_index(ordered, floor, rising=True), make_room(ordered)
    found = Gathered(floor, most, len(order))
    row = 0
    while row < len(order):
        last = min(row + _ROWS, len(order))
        row, found.count = join(ordered, index, room, (row, last, found.count, found.floor), found.out)
        if row < last:
            found.make_room()
        if progress is not None:
            progress(row * (row - 1) // 2, len(order) * (len(order) - 1) // 2)
    return found.sorted(order)


def nearest_earlier(rows: WordRows, known: Scored, progress: Progress | None = None) -> Nearest:
    """The nearest earlier row of each row, exact however far it is.

    Args:
        rows: what is compared, each with all rows before it; best without copies, which are all compared.
        known: the pairs of these rows. A row in one of them as the later one needs no search.
        progress: called with (comparisons done, all comparisons); what it raises stops the search.
    """
    found = Nearest(np.full(len(rows.signatures), -1, np.int32), np.zeros(len(rows.signatures)))
    # The last entry of a row wins: the highest score, and of equal ones the earliest row.
    best = np.lexsort((-known.a, known.score))
    found.row[known.b[best]], found.score[known.b[best]] = known.a[best], known.score[best]
    n = len(rows.signatures)
    index, room = make_index(rows, 0, rising=False), make_room(rows)
    for first, last in _spans(n):
        nearest(rows, index, room, (first, last), found)
        if progress is not None:
            progress(last * (last - 1) // 2, n * (n - 1) // 2)
    return found


def novel(rows: WordRows, bound: float = NOVEL, progress: Progress | None = None) -> Nearest:
    """Which rows a novelty filter keeps that takes them one by one, as Self-Instruct and Alpaca do.

    A row is dropped when its F1 with a row that was kept before is above the bound.

    Args:
        rows: what is compared, in order.
        bound: the highest F1 that is still new, above 0.
        progress: called with (rows done, all rows); what it raises stops it.

    Returns:
        A kept row that each dropped one is too similar to (not always the most similar one) and F1 with it; -1 and 0
        for the rows that are kept.

    Raises:
        ValueError: the bound is not in (0, 1].

    >>> from curation.duplicates.word_rows import word_rows
    >>> novel(word_rows(["Name a warm colour.", "Name a warm colour, please.", "Sort a list."])).row.tolist()
    [-1, 0, -1]
    """
    _check(bound)
    n = len(rows.signatures)
    found = Nearest(np.full(n, -1, np.int32), np.zeros(n))
    index, room = make_index(rows, bound, rising=False), make_room(rows)
    for first in range(0, n, _ROWS):
        last = min(first + _ROWS, n)
        sift(rows, index, room, (first, last, bound), found)
        if progress is not None:
            progress(last, n)
    return found


def _check(floor: float) -> None:
    if not 0 < floor <= 1:
        raise ValueError(f"a floor must be in (0, 1], not {floor}")


def _spans(n: int) -> Iterator[tuple[int, int]]:
    """Rows in stretches of about _STEP comparisons with earlier ones."""
    first = 0
    while first < n:
        last = min(n, first + max(1, _STEP // (first + 1)), first + _ROWS)
        yield first, last
        first = last
