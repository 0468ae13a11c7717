"""Samples that stand in a benchmark: what is trained on them cannot be tested with it.

By words, a sample is contaminated when it shares thirteen words in a row with a benchmark, the measure of GPT-3 (Brown
et al. 2020, appendix C: 13-grams, at least 8 for short texts), after folding case and punctuation. Benchmark texts of
eight to twelve words must occur whole; shorter ones say too little and are not looked for. Known false hits:
quotations, proverbs, numbers in order, addresses, and standard phrasings and code that both sides took from elsewhere.
Paraphrases are not found.

By meaning, a sample's prompt is compared with what each item asks, and the nearest one is kept with its cosine, however
low: which cosine is a paraphrase depends on the embedding model and on the benchmark, so the reader sets the bound.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from curation.errors import BadFile
from curation.runs import Job, Step
from curation.sample import Refusal
from curation.signals.texts import whole_text
from curation.stages.benchmark_items import Item, read_items
from curation.stages.benchmarks import SHORT, Phrases
from curation.stages.embedding import chosen_embedder, embed, embed_texts
from curation.stages.nearest_item import nearest
from curation.store import Workspace
from curation.store.benchmarks import Hit, replace_hits
from curation.store.samples import count_samples, read_range
from curation.store.settings import read_setting, write_setting
from curation.store.signals import write_group
from curation.store.vectors import read_vectors

KIND = "contamination"
BATCH = 2000
WORDS, COSINE = "benchmark_words", "benchmark_cosine"
"""The most words in a row that a sample shares with a benchmark (0 for none), and the cosine with the nearest item."""
FIELD = "prompt"
LOOK = "benchmarks"
"""The setting that says what was looked for last."""
_KEPT = 4000
"""Characters of an item and of shared words that are kept as evidence."""


@dataclass(frozen=True)
class Look:
    """What was looked for, in how many samples, and what was found.

    Args:
        files: names of the benchmark files.
        items: rows in them.
        samples: samples that were looked at.
        hits: samples that share words in a row.
        refused: rows of the files that could not be read.
        model: the embedding model that compared meanings, "" where that was left out.
    """

    files: tuple[str, ...]
    items: int
    samples: int
    hits: int
    refused: int = 0
    model: str = ""

    def __str__(self) -> str:
        """The run's note."""
        meaning = ", and each is compared by meaning" if self.model else ""
        left_out = f" {self.refused:,} rows of the files could not be read." if self.refused else ""
        return (
            f"{self.hits:,} of {self.samples:,} samples share words in a row with {self.items:,} items of "
            f"{', '.join(self.files)}{meaning}.{left_out}"
        )


def contamination_job(workspace: Workspace, paths: Sequence[str], *, meaning: bool = True) -> Job:
    """A look for these benchmark files as a run; by words alone unless by meaning too."""

    def work(_run: str, step: Step) -> str:
        return str(find_contamination(workspace, paths, step, meaning=meaning))

    names = [Path(path).name for path in paths]
    return Job(KIND, "words and meaning" if meaning else "words", {"files": names}, work)


def find_contamination(workspace: Workspace, paths: Sequence[str], step: Step, *, meaning: bool = True) -> Look:
    """Compare every sample with these benchmark files; what is found replaces what was found before.

    Raises:
        BadFile: a file cannot be read, holds no item, or none of the texts is long enough to be looked for.
        ModelError: meanings are compared, and the embedding model cannot be loaded.
    """
    items, phrases, refused = _read(paths, meaning=meaning)
    total = count_samples(workspace)
    hits = _by_words(workspace, items, phrases, _part(step, 0, 3 if meaning else 1, total))
    shared = len(hits)
    columns = {WORDS: dict.fromkeys(range(total), 0.0) | {hit.sample: hit.value for hit in hits}}
    model = ""
    if meaning:
        model = chosen_embedder(workspace).revision
        near = _by_meaning(workspace, items, step, total)
        columns[COSINE] = {hit.sample: hit.value for hit in near}
        hits += near
    found = Look(tuple(Path(path).name for path in paths), len(items), total, shared, refused, model)
    with workspace.writing():
        replace_hits(workspace, hits)
        write_group(workspace, "benchmark_", columns)
        write_setting(workspace, LOOK, json.dumps(asdict(found)))
    step(total, total)
    return found


def last_look(workspace: Workspace) -> Look | None:
    """What was looked for last, None before the first time."""
    kept = json.loads(read_setting(workspace, LOOK, "null"))
    return Look(**(kept | {"files": tuple(kept["files"])})) if kept else None


def _read(paths: Sequence[str], *, meaning: bool) -> tuple[list[Item], Phrases, int]:
    """The items of all files, their texts to look for, and how many rows could not be read."""
    rows = [row for path in paths for row in _rows(path)]
    items = [row for row in rows if isinstance(row, Item)]
    phrases = Phrases(items)
    if not len(phrases) and not (meaning and any(item.question for item in items)):
        raise BadFile(
            f"No text in {', '.join(Path(path).name for path in paths)} has {SHORT} words or more, so there is nothing "
            "to look for."
        )
    return items, phrases, len(rows) - len(items)


def _rows(path: str) -> list[Item | Refusal]:
    rows = list(read_items(path))
    if not any(isinstance(row, Item) for row in rows):
        first = f" The first: {rows[0].place}: {rows[0].reason}." if rows and isinstance(rows[0], Refusal) else ""
        raise BadFile(f"{Path(path).name} holds no row that can be read, so there is nothing to look for.{first}")
    return rows


def _by_words(workspace: Workspace, items: Sequence[Item], phrases: Phrases, step: Step) -> list[Hit]:
    total = count_samples(workspace)
    hits = []
    for low in range(0, total, BATCH):
        step(low, total)
        for number, sample in enumerate(read_range(workspace, low, low + BATCH), low):
            found = phrases.overlap(whole_text(sample))
            if found:
                one, shared = items[found.item], " ".join(found.words)[:_KEPT]
                value = float(len(found.words))
                hits.append(Hit(number, "words", value, one.benchmark, one.place, found.text[:_KEPT], shared))
    return hits


def _by_meaning(workspace: Workspace, items: Sequence[Item], step: Step, total: int) -> list[Hit]:
    """The nearest item of every sample that asks something."""
    embedder = chosen_embedder(workspace)
    asking = [item for item in items if item.question]
    known = embed_texts(workspace, embedder, [item.question for item in asking], _part(step, 1, 3, total))
    embed(workspace, embedder, FIELD, _part(step, 2, 3, total))
    numbers, vectors = read_vectors(workspace, embedder.revision, FIELD)
    if not len(numbers) or not asking:
        return []
    which, cosines = nearest(vectors, known, lambda: step(total, total))
    return [
        Hit(number, "cosine", cosine, asking[place].benchmark, asking[place].place, asking[place].question[:_KEPT])
        for number, place, cosine in zip(numbers.tolist(), which.tolist(), cosines.tolist(), strict=True)
    ]


def _part(step: Step, place: int, parts: int, total: int) -> Step:
    """A step for one of several equal parts of the work, told as so many of all samples."""

    def told(done: int, requested: int) -> None:
        share = done / requested if requested else 1.0
        step(int(total * (place + share) / parts), total)

    return told
