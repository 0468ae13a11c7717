"""The compiled searches: each row against those before it, all of them exact."""

from curation.computing.compiled import compiled
from curation.duplicates.common_words import (
    SLACK,
    WORD,
    Room,
    Scores,
    common_long,
    common_short,
    f1,
    mark,
    share,
    unmark,
)
from curation.duplicates.prefix_index import Index, list_row, next_entry, pass_shorter, shortest
from curation.duplicates.word_rows import Ints, WordRows

Found = tuple[Ints, Ints, Scores]


@compiled
def _compared(rows: WordRows, room: Room, row: int, other: int) -> float:
    """F1 of the row in hand with another one."""
    own = rows.words[rows.starts[row] : rows.starts[row + 1]]
    others = rows.words[rows.starts[other] : rows.starts[other + 1]]
    if len(own) > WORD:
        return f1(common_long(own, others, room), len(own), len(others))
    return f1(common_short(len(own), others, room.masks), len(own), len(others))


@compiled
def _score(rows: WordRows, index: Index, room: Room, meeting: tuple[int, int, int], floor: float) -> float:
    """F1 of a row with that of an entry that it meets at a place; 0 where it is surely too low or was asked before."""
    row, place, at = meeting
    other = index.rows[at]
    if room.seen[other] == row:
        return 0.0
    room.seen[other] = row
    start, end = rows.starts[row], rows.starts[row + 1]
    theirs, their_end = rows.starts[other], rows.starts[other + 1]
    need = floor / 2 * (end - start + their_end - theirs) - SLACK
    if not share(rows.elements, (start + place, end), (theirs + index.places[at], their_end), need):
        return 0.0
    return _compared(rows, room, row, other)


@compiled
def _take_up(rows: WordRows, room: Room, row: int) -> None:
    if rows.starts[row + 1] - rows.starts[row] <= WORD:
        mark(rows.words[rows.starts[row] : rows.starts[row + 1]], room.masks)


@compiled
def _put_down(rows: WordRows, room: Room, row: int) -> None:
    if rows.starts[row + 1] - rows.starts[row] <= WORD:
        unmark(rows.words[rows.starts[row] : rows.starts[row + 1]], room.masks)


@compiled
def _join_row(rows: WordRows, index: Index, room: Room, bounds: tuple[int, int, float], out: Found) -> int:
    """Append the pairs of one row (row, pairs so far, floor) with listed ones; the new count."""
    row, count, floor = bounds
    length = rows.starts[row + 1] - rows.starts[row]
    for place in range(index.looked_up[row]):
        element = rows.elements[rows.starts[row] + place]
        own, end = (length, place, rows.signatures[row]), index.fills[element]
        at = next_entry(index, pass_shorter(index, element, shortest(length, floor)), end, own, floor / 2)
        while at < end:
            score = _score(rows, index, room, (row, place, at), floor)
            if score >= floor:
                out[0][count], out[1][count], out[2][count] = index.rows[at], row, score
                count += 1
            at = next_entry(index, at + 1, end, own, floor / 2)
    return count


@compiled
def join(rows: WordRows, index: Index, room: Room, span: tuple[int, int, int, float], out: Found) -> tuple[int, int]:
    """Append all pairs of the rows of a span with earlier ones until one more row might not fit.

    Args:
        rows: no row is shorter than those before it.
        index: of the rows before the span.
        room: to work in.
        span: first row, the row after the last, pairs so far, floor.
        out: earlier row, later row and F1 of each pair.

    Returns:
        The next row and the new count.
    """
    row, last, count, floor = span
    while row < last and count + row <= len(out[0]):
        _take_up(rows, room, row)
        count = _join_row(rows, index, room, (row, count, floor), out)
        _put_down(rows, room, row)
        list_row(rows, index, row)
        row += 1
    return row, count


@compiled
def _similar(rows: WordRows, index: Index, room: Room, row: int, bound: float) -> tuple[int, float]:
    """A listed row whose F1 with a row is above the bound, and that F1; (-1, 0) where there is none."""
    length = rows.starts[row + 1] - rows.starts[row]
    for place in range(index.looked_up[row]):
        element = rows.elements[rows.starts[row] + place]
        own, end = (length, place, rows.signatures[row]), index.fills[element]
        at = next_entry(index, index.begins[element], end, own, bound / 2)
        while at < end:
            score = _score(rows, index, room, (row, place, at), bound)
            if score > bound:
                return index.rows[at], score
            at = next_entry(index, at + 1, end, own, bound / 2)
    return -1, 0.0


@compiled
def sift(rows: WordRows, index: Index, room: Room, span: tuple[int, int, float], out: tuple[Ints, Scores]) -> None:
    """For the rows of a span (first, the one after the last, bound): a kept earlier row above the bound and its F1."""
    first, last, bound = span
    for row in range(first, last):
        _take_up(rows, room, row)
        out[0][row], out[1][row] = _similar(rows, index, room, row, bound)
        _put_down(rows, room, row)
        if out[0][row] < 0:
            list_row(rows, index, row)


@compiled
def _nearest(rows: WordRows, index: Index, room: Room, row: int) -> tuple[int, float]:
    """The first of the listed rows that are nearest to a row, and their F1; (-1, 0) where no word is shared."""
    which, best = -1, 0.0
    length = rows.starts[row + 1] - rows.starts[row]
    for place in range(length):
        # Rows that meet this one here for the first time share at most the words that are left.
        if 2 * (length - place) < best * (2 * length - place) - SLACK:
            break
        element = rows.elements[rows.starts[row] + place]
        own, end = (length, place, rows.signatures[row]), index.fills[element]
        at = next_entry(index, index.begins[element], end, own, best / 2)
        while at < end:
            score, other = _score(rows, index, room, (row, place, at), best), index.rows[at]
            if score > best or (score == best and other < which):
                which, best = other, score
            at = next_entry(index, at + 1, end, own, best / 2)
    return which, best


@compiled
def nearest(rows: WordRows, index: Index, room: Room, span: tuple[int, int], out: tuple[Ints, Scores]) -> None:
    """The nearest earlier row of each row of a span (first, the one after the last) whose F1 is not known yet (0)."""
    for row in range(span[0], span[1]):
        if out[1][row] == 0:
            _take_up(rows, room, row)
            out[0][row], out[1][row] = _nearest(rows, index, room, row)
            _put_down(rows, room, row)
        list_row(rows, index, row)
