"""Numbers for how varied groups of samples are: all, those that are in, each origin, each run. Computed once, kept."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import Final, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from curation.diversity.draws import DRAWS, draws, estimate, size_for
from curation.diversity.metrics import METRICS, LabelMetric, Metric, TextMetric, VectorMetric
from curation.errors import NotReady
from curation.facets import Facets
from curation.methods import Vectors
from curation.runs import Job, Step
from curation.stages.embedding import chosen_embedder
from curation.stages.measuring import MEASURED_WITH
from curation.store import Workspace
from curation.store.browse import count_by, numbers_of
from curation.store.diversity_numbers import Number, read_kinds, read_texts, runs_with, write_diversity
from curation.store.maps import latest_map
from curation.store.samples import count_samples
from curation.store.settings import read_setting
from curation.store.vectors import read_vectors

Numbers = NDArray[np.int32]
Field = Literal["prompt", "output"]

IN: Final = Facets(states=("accepted", "kept"))
SEED: Final = 0
MOST_ORIGINS: Final = 8
MOST_RUNS: Final = 12


class Group(NamedTuple):
    """Samples that numbers are about: `kind` is all, in, shown, origin or run."""

    kind: str
    name: str
    numbers: Numbers


@dataclass(frozen=True)
class Material:
    """What the numbers are computed from, each part read when it is first needed."""

    workspace: Workspace
    field: Field
    model: str

    @cached_property
    def texts(self) -> list[str]:
        """One text per sample of the workspace."""
        return read_texts(self.workspace, self.field)

    @cached_property
    def words(self) -> NDArray[np.int64]:
        """Words in each text."""
        return np.fromiter((len(text.split()) for text in self.texts), np.int64, len(self.texts))

    @cached_property
    def embedded(self) -> tuple[Numbers, Vectors]:
        """Numbers of the samples with a vector, and the vectors."""
        return read_vectors(self.workspace, self.model, self.field)

    @cached_property
    def _labels(self) -> dict[str, list[str]]:
        return {}

    def labels(self, signal: str) -> list[str]:
        """One label per sample of the workspace, "" for none."""
        if signal not in self._labels:
            self._labels[signal] = self._pairs() if signal == "verb_object" else read_kinds(self.workspace, signal)
        return self._labels[signal]

    def _pairs(self) -> list[str]:
        both = zip(read_kinds(self.workspace, "verb"), read_kinds(self.workspace, "object"), strict=True)
        return [f"{verb} {noun}" if verb and noun else "" for verb, noun in both]

    def usable(self, metric: Metric, numbers: Numbers) -> Numbers:
        """Those of the samples that have what the metric reads."""
        if isinstance(metric, VectorMetric):
            return np.intersect1d(numbers, self.embedded[0], assume_unique=True)
        has = self.texts if isinstance(metric, TextMetric) else self.labels(_signal(metric))
        return numbers[[bool(has[number].strip()) for number in numbers.tolist()]]

    def measured(self, metric: Metric, numbers: Numbers) -> float:
        """The number for these samples."""
        if isinstance(metric, VectorMetric):
            known, vectors = self.embedded
            return metric(vectors[np.searchsorted(known, numbers)])
        if isinstance(metric, TextMetric):
            return metric([self.texts[number] for number in numbers.tolist()])
        assert isinstance(metric, LabelMetric)
        labels = self.labels(metric.signal)
        return metric([labels[number] for number in numbers.tolist()])


def stamp_of(workspace: Workspace) -> str:
    """A name for everything that the numbers depend on; it changes when they have to be computed again."""
    shown = latest_map(workspace)
    parts = [
        str(count_samples(workspace)),
        sha256(numbers_of(workspace, IN).tobytes()).hexdigest(),
        read_setting(workspace, MEASURED_WITH),
        chosen_embedder(workspace).revision,
        f"{shown.id} {shown.made}" if shown else "",
        *(f"{name} {METRICS[name].version} {METRICS[name]().model_dump_json()}" for name in METRICS),
    ]
    return sha256("\n".join(parts).encode()).hexdigest()[:16]


def numbers_job(workspace: Workspace, field: Field, facets: Facets) -> Job:
    """Computing all numbers as a run; what the facets leave is a group of its own."""

    def work(_run: str, step: Step) -> str:
        return compute(workspace, field, facets, step)

    return Job("diversity", field, {"facets": facets.to_query(), "seed": SEED}, work)


def compute(workspace: Workspace, field: Field, facets: Facets, step: Step) -> str:
    """Compute and keep every number of every group; gives a sentence about it.

    Raises:
        NotReady: there are too few samples for any number.
    """
    size = size_for(count_samples(workspace))
    if not size:
        raise NotReady("There are too few samples: numbers for how varied they are need 40 and more.")
    stamp, material = stamp_of(workspace), Material(workspace, field, chosen_embedder(workspace).revision)
    found, rows = list(groups(workspace, facets, 2 * size)), list[Number]()
    known: dict[tuple[str, bytes], Number] = {}
    for place, group in enumerate(found):
        for at, name in enumerate(METRICS):
            step(place * len(METRICS) + at, len(found) * len(METRICS))
            key = (name, group.numbers.tobytes())
            if key not in known:
                known[key] = number_of(material, METRICS[name](), group, size)
            rows.append(known[key].of(group.kind, group.name))
    write_diversity(workspace, field, stamp, rows)
    step(len(rows), len(rows))
    return f"{len(METRICS)} numbers computed for {len(found)} groups, from draws of {size:,} samples each."


def groups(workspace: Workspace, facets: Facets, least: int) -> Iterator[Group]:
    """The groups in the order to show; origins and runs with fewer samples than `least` are left out."""
    yield Group("all", "", numbers_of(workspace, Facets()))
    yield Group("in", "", numbers_of(workspace, IN))
    if facets:
        yield Group("shown", facets.to_query(), numbers_of(workspace, facets))
    origins = [name for name, count in count_by(workspace, "origins", Facets()) if count >= least]
    for name in origins[:MOST_ORIGINS]:
        yield Group("origin", name, numbers_of(workspace, Facets(origins=(name,))))
    for name in runs_with(workspace, least, MOST_RUNS):
        yield Group("run", name, numbers_of(workspace, Facets(runs=(name,))))


def number_of(material: Material, metric: Metric, group: Group, size: int, part: int = 0) -> Number:
    """One number of one group, from draws of so many samples.

    Args:
        material: what it is computed from.
        metric: which number.
        group: of which samples.
        size: samples in a draw.
        part: 0 for a number about the group; else about so many of its samples, chosen at random. A draw from a random
            part is a draw from the group, so only the interval and the counts differ.
    """
    usable = material.usable(metric, group.numbers)
    model = material.model if isinstance(metric, VectorMetric) else ""
    share = part / len(group.numbers) if part else 1.0
    samples = round(share * len(usable))
    words = round(share * int(material.words[usable].sum()))
    values: Sequence[float] = ()
    if 2 * size <= samples:
        values = [material.measured(metric, usable[drawn]) for drawn in draws(len(usable), size, SEED)]
    found = estimate(values, size, samples)
    value, low, high = (None if np.isnan(end) else end for end in (found.value, found.low, found.high))
    done = (size, DRAWS) if values else (0, 0)
    return Number(group.kind, group.name, metric.name, value, low, high, samples, words, *done, seed=SEED, model=model)


def _signal(metric: Metric) -> str:
    assert isinstance(metric, LabelMetric)
    return metric.signal
