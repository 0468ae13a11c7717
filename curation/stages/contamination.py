"""Samples that stand in a benchmark: what is trained on them cannot be tested with it.

A sample is contaminated when it shares thirteen words in a row with a benchmark, the measure of GPT-3 (Brown et al.
2020, appendix C: 13-grams, at least 8 for short texts), after folding case and punctuation. Benchmark texts of eight
to twelve words must occur whole; shorter ones say too little and are not looked for. Known false hits: quotations,
proverbs, numbers in order and standard phrasings that both sides took from elsewhere, which is why the words are kept
as evidence. Paraphrases are not found.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from curation.errors import BadFile
from curation.importers import open_rows
from curation.importers.containers.text import lines
from curation.methods import Json
from curation.rouge import words
from curation.runs import Job, Step
from curation.sample import Refusal
from curation.signals.texts import conversation
from curation.store import Workspace
from curation.store.samples import count_samples, read_range
from curation.store.signals import write_group

BATCH = 2000
LONG, SHORT = 13, 8
"""Words in a row that are an overlap; the fewest words of a text that must occur whole."""
SIGNAL, EVIDENCE = "contamination", "contamination_evidence"
"""The most words in a row that a sample shares with a benchmark (0 for none), and where with which words."""
_EVIDENCE_WORDS = 40
_MARK = 1 << 20


@dataclass(frozen=True)
class Overlap:
    """Words in a row that a text shares with a benchmark.

    Args:
        place: where in the benchmarks, for example `mmlu.jsonl, line 41`.
        words: what is shared, folded.
    """

    place: str
    words: tuple[str, ...]

    def __str__(self) -> str:
        """The evidence for a reader."""
        shown = " ".join(self.words[:_EVIDENCE_WORDS])
        more = " …" if len(self.words) > _EVIDENCE_WORDS else ""
        return f"{self.place}: {len(self.words)} words in a row: {shown}{more}"


class Benchmarks:
    """Texts of benchmarks that can be asked what a text shares with them.

    >>> known = Benchmarks([("quiz, line 1", "What is the capital of the old kingdom?")])
    >>> str(known.overlap("Tell me: what is the capital of the old kingdom"))
    'quiz, line 1: 8 words in a row: what is the capital of the old kingdom'
    """

    def __init__(self, texts: Iterator[tuple[str, str]] | Sequence[tuple[str, str]]) -> None:
        """Take in (place, text) pairs."""
        self._items: list[tuple[str, list[str]]] = []
        self._starts: dict[int, list[int]] = {}
        for place, text in texts:
            split = words(text)
            if len(split) >= SHORT:
                self._take(place, split)

    def __len__(self) -> int:
        """How many texts are looked for."""
        return len(self._items)

    def overlap(self, text: str) -> Overlap | None:
        """The longest run of words that a text shares with a benchmark, the first of equally long ones.

        Inside a run that was found no other one is looked for, so that endless repetition takes no endless time.
        """
        split = words(text)
        best, found_until = Overlap("", ()), 0
        for start, run in enumerate(_runs(split)):
            if run in self._starts and start >= found_until:
                found = self._longest(split, start, self._starts[run])
                found_until = start + len(found.words)
                best = max(best, found, key=lambda one: len(one.words))
        return best if best.words else None

    def _longest(self, split: list[str], start: int, marks: list[int]) -> Overlap:
        """The longest overlap that begins here, an empty one where none is long enough."""
        most, found = 0, ""
        for mark in marks:
            place, known = self._items[mark // _MARK]
            shared = _shared(split, start, known, mark % _MARK)
            if shared > most and shared >= min(LONG, len(known)):
                most, found = shared, place
        return Overlap(found, tuple(split[start : start + most]))

    def _take(self, place: str, split: list[str]) -> None:
        """Long texts are found from any of their words on, short ones from their first."""
        split = split[: _MARK - 1]
        starts = islice(_runs(split), 1 if len(split) < LONG else len(split) - LONG + 1)
        for start, run in enumerate(starts):
            marks = self._starts.setdefault(run, [])
            if len(marks) < 50:  # a phrase of fifty texts is a phrase of the benchmark's form
                marks.append(len(self._items) * _MARK + start)
        self._items.append((place, split))


@dataclass(frozen=True)
class Found:
    """What a look for contamination found."""

    samples: int
    hits: int
    texts: int

    def __str__(self) -> str:
        """The run's note."""
        return (
            f"{self.hits:,} of {self.samples:,} samples share words in a row with {self.texts:,} texts of benchmarks."
        )


def contamination_job(workspace: Workspace, paths: Sequence[str]) -> Job:
    """A look for contamination as a run."""

    def work(_run: str, step: Step) -> str:
        return str(find_contamination(workspace, paths, step))

    return Job("contamination", "13-grams", {"files": ", ".join(paths)}, work)


def find_contamination(workspace: Workspace, paths: Sequence[str], step: Step) -> Found:
    """Compare every sample with these benchmark files; what is found replaces what was found before.

    Raises:
        BadFile: a file cannot be read, or none of its texts has eight words.
    """
    known = Benchmarks([item for path in paths for item in read_texts(path)])
    if not len(known):
        raise BadFile(f"No text in {', '.join(paths)} has {SHORT} words or more, so there is nothing to look for.")
    total = count_samples(workspace)
    found: dict[int, Overlap] = {}
    for low in range(0, total, BATCH):
        step(low, total)
        for number, sample in enumerate(read_range(workspace, low, low + BATCH), low):
            overlap = known.overlap(conversation(sample))
            if overlap:
                found[number] = overlap
    lengths = {number: float(len(found[number].words)) if number in found else 0.0 for number in range(total)}
    evidence = {number: str(overlap) for number, overlap in found.items()}
    write_group(workspace, SIGNAL, {SIGNAL: lengths, EVIDENCE: evidence})
    step(total, total)
    return Found(total, len(found), len(known))


def read_texts(path: str) -> Iterator[tuple[str, str]]:
    """(place, text) of every text of a benchmark: the lines of a .txt file, else each text in each row of a table.

    Raises:
        BadFile: the file cannot be read.
    """
    name = Path(path).name
    if name.endswith((".txt", ".txt.gz")) and Path(path).is_file():
        yield from ((f"{name}, line {number}", line or "") for number, line in lines(Path(path)))
        return
    for item in open_rows(path).items:
        if not isinstance(item, Refusal):
            yield from ((f"{name}, {item[0]}", text) for text in _texts(item[1]))


def _texts(value: Json) -> Iterator[str]:
    """Every text in a row, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, Sequence):
        for inner in value:
            yield from _texts(inner)


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
