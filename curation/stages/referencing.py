"""Samples against a reference: what of it they cover, what of them lies far from it, and whether the two differ."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from curation.diversity.coverage import Nearest, nearest
from curation.diversity.two_samples import TwoSamples, two_samples
from curation.errors import NotReady
from curation.facets import Facets
from curation.importers import collect
from curation.methods import Layout, Vectors
from curation.runs import Job, Step
from curation.sample import Collected, Origin, Refusal, Sample
from curation.stages.embedding import chosen_embedder, embed, embed_texts
from curation.store import Workspace
from curation.store.authors import naming_no_model
from curation.store.browse import numbers_of
from curation.store.references import Item, Look, item_distances, write_look
from curation.store.samples import count_samples, read_samples
from curation.store.signals import write_group
from curation.store.vectors import read_vectors
from curation.store.workspace import now

KIND = "reference"
MOST = 10_000
"""Items of a file that are looked at; of more, so many at equal distances."""
PEOPLE = "samples written by people"
SEED = 7
_ODD = re.compile(r"[^\w. -]+")
Which = Literal["people", "origin", "file"]


@dataclass(frozen=True)
class Reference:
    """What to compare with.

    Args:
        kind: samples that people wrote, samples of one origin, or a file whose rows become no samples.
        name: what it is called; of an origin its name.
        path: of a file.
        layout: how the rows of a file are read.
    """

    kind: Which
    name: str = PEOPLE
    path: str = ""
    layout: Layout | None = None


@dataclass(frozen=True)
class Scope:
    """Which samples to compare, and in words; the reference itself is never among them."""

    facets: Facets
    words: str


def signal_of(name: str) -> str:
    """The signal with the distance of each sample to a reference.

    >>> signal_of("my *logs*.jsonl")
    'distance to “my logs .jsonl”'
    """
    return f"distance to “{' '.join(_ODD.sub(' ', name).split())[:60]}”"


def reference_job(workspace: Workspace, reference: Reference, scope: Scope, field: str = "prompt") -> Job:
    """Compare the samples with a reference, as a run. What is embedded is kept; nothing becomes a sample."""

    def work(_run: str, step: Step) -> str:
        look = compare(workspace, reference, scope, field, step)
        items = len(item_distances(workspace, look.name))
        return f"{look.samples:,} samples compared with {items:,} items of {look.name}."

    options = {"reference": reference.name, "samples": scope.words, "field": field}
    return Job(KIND, reference.kind, options, work)


def compare(workspace: Workspace, reference: Reference, scope: Scope, field: str, step: Step) -> Look:
    """Embed what is not embedded yet, find the nearest ones both ways, test, and keep it all.

    Raises:
        NotReady: one of the two sides is empty.
        BadFile: the file of the reference cannot be read.
    """
    embedder = chosen_embedder(workspace)
    held = _held(workspace, reference)
    collected = _read(reference, field) if reference.kind == "file" else []
    if reference.kind == "file" and not collected:
        raise NotReady(f"No row of {reference.name} could be read as a sample with such a text.")
    embed(workspace, embedder, field, step)
    numbers, vectors = read_vectors(workspace, embedder.revision, field)
    ours = np.isin(numbers, np.setdiff1d(numbers_of(workspace, scope.facets), held))
    if collected:
        items = embed_texts(workspace, embedder, [_text(one.sample, field) for one in collected], step)
        sources: list[int | None] = [None] * len(collected)
    else:
        theirs = np.isin(numbers, held)
        items, sources = vectors[theirs], list(numbers[theirs].tolist())
        collected = [
            Collected(sample, Origin("", "", "")) for sample in read_samples(workspace, numbers[theirs].tolist())
        ]
    _check(reference, int(ours.sum()), len(items))
    found = nearest(vectors[ours], items, step)
    look = Look(
        reference.name, reference.kind, scope.words, field, embedder.revision, signal_of(reference.name),
        int(ours.sum()), count_samples(workspace), _test(vectors[ours], items), now(),
    )  # fmt: skip
    _write(workspace, look, numbers[ours], found, list(zip(collected, sources, strict=True)))
    return look


def _held(workspace: Workspace, reference: Reference) -> NDArray[np.int32]:
    """Numbers of the samples that are the reference."""
    if reference.kind == "people":
        return naming_no_model(workspace, Facets())
    if reference.kind == "origin":
        return numbers_of(workspace, Facets(origins=(reference.name,)))
    return np.zeros(0, np.int32)


def _read(reference: Reference, field: str) -> list[Collected]:
    """The rows of a file that have the text; of more than `MOST`, so many at equal distances."""
    if reference.layout is None:
        raise NotReady(f"Say first how the rows of {reference.name} are read.")
    found = [
        item
        for item in collect(reference.path, reference.layout, source=reference.name)
        if not isinstance(item, Refusal) and _text(item.sample, field)
    ]
    places = np.linspace(0, len(found) - 1, min(MOST, len(found))).round().astype(int)
    return [found[place] for place in places.tolist()]


def _check(reference: Reference, samples: int, items: int) -> None:
    if not items:
        raise NotReady(f"The reference has no text to compare: {reference.name}. Choose another one.")
    if not samples:
        raise NotReady(
            "No sample is left to compare: all that match belong to the reference. Choose another one, or more samples."
        )


def _test(ours: Vectors, items: Vectors) -> TwoSamples:
    if min(len(ours), len(items)) < 2:
        return TwoSamples(0.0, 0.0, 1.0, len(ours), len(items), 0, SEED)
    return two_samples(ours, items, SEED)


def _write(
    workspace: Workspace,
    look: Look,
    numbers: NDArray[np.int32],
    found: Nearest,
    sources: Sequence[tuple[Collected, int | None]],
) -> None:
    nearest_ones = numbers[found.of_items].tolist()
    items = [
        Item(place, collected, sample, near, far)
        for place, ((collected, sample), near, far) in enumerate(
            zip(sources, nearest_ones, found.item_distance.tolist(), strict=True)
        )
    ]
    distances = dict(zip(numbers.tolist(), found.sample_distance.tolist(), strict=True))
    with workspace.writing():
        write_look(workspace, look, items)
        write_group(workspace, look.signal, {look.signal: distances})


def _text(sample: Sample, field: str) -> str:
    return {"instruction": sample.instruction, "output": sample.output}.get(field, sample.prompt)
