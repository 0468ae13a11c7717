"""What a text shares with the items of benchmarks, word by word; every text in an item is looked for."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from curation.errors import BadFile
from curation.rouge import words
from curation.stages.benchmark_items import Item

LONG, SHORT = 13, 8
"""Words in a row that are an overlap; the fewest words of a text that must occur whole."""
MOST_WORDS = 5_000_000
"""Words of all benchmarks together, about a gigabyte of index; MMLU has 1.3 million."""
_MARK = 1 << 20


@dataclass(frozen=True)
class Overlap:
    """Words in a row that a text shares with a benchmark: the number of the item, its text, and the words, folded."""

    item: int
    text: str
    words: tuple[str, ...]


class Phrases:
    """Texts of benchmarks that can be asked what a text shares with them.

    >>> known = Phrases([Item("quiz", "line 1", ("What is the capital of the old kingdom?",), "")])
    >>> " ".join(known.overlap("Tell me: what is the capital of the old kingdom").words)
    'what is the capital of the old kingdom'
    """

    def __init__(self, items: Iterable[Item]) -> None:
        """Take in items.

        Raises:
            BadFile: they have more words than can be held.
        """
        self._texts: list[tuple[int, str, list[str]]] = []
        self._starts: dict[int, list[int]] = {}
        taken = 0
        for number, item in enumerate(items):
            for text in item.texts:
                split = words(text)
                taken += len(split)
                if taken > MOST_WORDS:
                    raise BadFile(
                        f"The benchmarks have more than {MOST_WORDS:,} words together (cap on words), at "
                        f"{item.benchmark}, {item.place}. Look for them a few files at a time."
                    )
                if len(split) >= SHORT:
                    self._take(number, text, split)

    def __len__(self) -> int:
        """How many texts are looked for."""
        return len(self._texts)

    def overlap(self, text: str) -> Overlap | None:
        """The longest run of words that a text shares with a benchmark, the first of equally long ones.

        Inside a run that was found no other one is looked for, so that endless repetition takes no endless time.
        """
        split = words(text)
        best, found_until = Overlap(-1, "", ()), 0
        for start, run in enumerate(_runs(split)):
            if run in self._starts and start >= found_until:
                found = self._longest(split, start, self._starts[run])
                found_until = start + len(found.words)
                best = max(best, found, key=lambda one: len(one.words))
        return best if best.words else None

    def _longest(self, split: list[str], start: int, marks: list[int]) -> Overlap:
        """The longest overlap that begins here, an empty one where none is long enough."""
        most, found = 0, (-1, "")
        for mark in marks:
            number, text, known = self._texts[mark // _MARK]
            shared = _shared(split, start, known, mark % _MARK)
            if shared > most and shared >= min(LONG, len(known)):
                most, found = shared, (number, text)
        return Overlap(*found, tuple(split[start : start + most]))

    def _take(self, number: int, text: str, split: list[str]) -> None:
        """Long texts are found from any of their words on, short ones from their first."""
        split = split[: _MARK - 1]
        starts = islice(_runs(split), 1 if len(split) < LONG else len(split) - LONG + 1)
        for start, run in enumerate(starts):
            marks = self._starts.setdefault(run, [])
            if len(marks) < 50:  # a phrase of fifty texts is a phrase of the benchmark's form
                marks.append(len(self._texts) * _MARK + start)
        self._texts.append((number, text, split))


def around(text: str, shared: str, margin: int = 300) -> str:
    """The part of a text in which words that were found shared stand, with so many characters before and after.

    >>> around("One. " * 9 + "What is the old Capital? " + "Two. " * 9, "the old capital", 8)
    '…What is the old Capital? Two. T…'
    """
    pattern = r"[\W_]*".join(map(re.escape, shared.split()))
    found = re.search(pattern, text.lower()) or re.search("", text)
    if found is None or not shared:
        return text
    start, end = max(0, found.start() - margin), found.end() + margin
    return ("…" if start else "") + text[start:end] + ("…" if end < len(text) else "")


def _runs(split: list[str]) -> Iterator[int]:
    """A number for every run of the fewest words, in order; equal runs have equal numbers within one process."""
    return map(hash, zip(*(split[start:] for start in range(SHORT)), strict=False))


def _shared(one: list[str], start: int, other: list[str], place: int) -> int:
    """How many words are the same from these places on."""
    count = 0
    for mine, theirs in zip(islice(one, start, None), islice(other, place, None), strict=False):
        if mine != theirs:
            break
        count += 1
    return count
