"""The compiled loops under ROUGE-L: how long the longest common subsequence of two rows is, and whether to ask.

The subsequence comes from the bit-parallel recurrence of Hyyrö (2004, "Bit-parallel LCS-length computation revisited"):
64 words of one row at a time are one machine word. What rules a pair out before that needs no order of words: the
rows share no more words than either has left, and no more than their signatures have in common.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from curation.computing.compiled import compiled
from curation.duplicates.word_rows import Bits, Ints, WordRows

Scores = NDArray[np.float64]
WORD = 64
"""Words of a row in one machine word."""
SLACK = 1e-9
"""More than the rounding of a bound in words, less than one word."""
_ONE, _FULL = np.uint64(1), np.uint64(0xFFFFFFFFFFFFFFFF)
_PAIRS, _FOURS, _EIGHTS = (np.uint64(number) for number in (0x5555555555555555, 0x3333333333333333, 0x0F0F0F0F0F0F0F0F))
_EACH = np.uint64(0x0101010101010101)


class Room(NamedTuple):
    """Memory to work in.

    Args:
        masks: uint64 of shape (words,), all zero; for the row in hand, at which of its 64 places each word stands.
        carries: uint64 of shape (longest row,).
        seen: int32 of shape (rows,), the last row that each row was compared with.
    """

    masks: Bits
    carries: Bits
    seen: Ints


def make_room(rows: WordRows) -> Room:
    """Room for comparing these rows."""
    longest = int(rows.lengths.max(initial=0))
    vocabulary = int(rows.words.max(initial=-1)) + 1
    return Room(
        np.zeros(vocabulary, np.uint64), np.zeros(longest, np.uint64), np.full(len(rows.signatures), -1, np.int32)
    )


@compiled
def bits(x: np.uint64) -> np.int64:
    """How many bits are set."""
    x = x - ((x >> np.uint64(1)) & _PAIRS)
    x = (x & _FOURS) + ((x >> np.uint64(2)) & _FOURS)
    x = (x + (x >> np.uint64(4))) & _EIGHTS
    return np.int64((x * _EACH) >> np.uint64(56))


@compiled
def mark(words: Ints, masks: Bits) -> None:
    """Note where each of at most 64 words stands."""
    for place in range(len(words)):
        masks[words[place]] |= _ONE << np.uint64(place)


@compiled
def unmark(words: Ints, masks: Bits) -> None:
    """Forget what `mark` noted."""
    for place in range(len(words)):
        masks[words[place]] = np.uint64(0)


@compiled
def _ended(state: np.uint64, width: int) -> np.int64:
    """Words of a strip of the given width that are in the subsequence: its zeros."""
    if width < WORD:
        state |= ~((_ONE << np.uint64(width)) - _ONE)
    return bits(~state)


@compiled
def common_short(width: int, other: Ints, masks: Bits) -> np.int64:
    """Length of the longest common subsequence of a marked row of at most 64 words and another one."""
    state = _FULL
    for place in range(len(other)):
        met = state & masks[other[place]]
        state = (state + met) | (state - met)
    return _ended(state, width)


@compiled
def common_long(own: Ints, other: Ints, room: Room) -> np.int64:
    """Length of the longest common subsequence of two rows of any length, in strips of 64 words of the first.

    So it needs memory for one strip, however long the rows are; the carries of a strip are kept for the next one.
    """
    masks, carries = room.masks, room.carries
    carries[: len(other)] = 0
    length = np.int64(0)
    for start in range(0, len(own), WORD):
        strip = own[start : start + WORD]
        mark(strip, masks)
        state = _FULL
        for place in range(len(other)):
            met = state & masks[other[place]]
            grown = state + met
            carried = grown + carries[place]
            carries[place] = np.uint64(grown < state or carried < grown)
            state = carried | (state - met)
        length += _ended(state, len(strip))
        unmark(strip, masks)
    return length


@compiled
def f1(common: np.int64, own: int, other: int) -> float:
    """ROUGE-L F1 in the very steps of `rouge_score`, so that ties fall as they do there."""
    if common == 0:
        return 0.0
    precision, recall = float(common / own), float(common / other)
    return 2 * precision * recall / (precision + recall)


@compiled
def share(elements: Ints, one: tuple[int, int], other: tuple[int, int], need: float) -> bool:
    """Whether two stretches of ascending elements (start, end) have as many in common as needed."""
    x, y = one[0], other[0]
    have = 0
    while x < one[1] and y < other[1] and have + min(one[1] - x, other[1] - y) >= need:
        if elements[x] == elements[y]:
            have += 1
            x += 1
            y += 1
        elif elements[x] < elements[y]:
            x += 1
        else:
            y += 1
    return have >= need
