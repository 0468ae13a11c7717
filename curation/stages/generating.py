"""Pool + method → new samples in the workspace."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Protocol, runtime_checkable

from curation.errors import NotReady
from curation.facets import Facets
from curation.methods import Generator
from curation.runs import Job, Step
from curation.sample import Collected, Refusal, Sample
from curation.store import Workspace
from curation.store.browse import numbers_of
from curation.store.samples import Added, add_samples, read_samples

BATCH = 500


@runtime_checkable
class Refusing(Protocol):
    """A method that reads a source, rows of which it may have to refuse."""

    def refusals(self) -> list[Refusal]:
        """The rows that cannot be used, with the reason."""


@dataclass(frozen=True)
class Foretaste:
    """What a run would make.

    Args:
        samples: the first few.
        most: at most so many in all.
        refusals: rows of its source that it cannot use.
    """

    samples: Sequence[Collected]
    most: int
    refusals: Sequence[Refusal]


def foretaste(workspace: Workspace, generator: Generator, pool: Facets | None = None, first: int = 3) -> Foretaste:
    """The first samples that a method makes, and how many there will be; nothing is stored.

    Raises:
        CurationError: as the method raises it.
    """
    samples = _pool(workspace, pool)
    made = list(islice(generator(samples), first))
    return Foretaste(made, generator.requested(samples), _refusals(generator))


def generate_job(workspace: Workspace, generator: Generator, pool: Facets | None = None) -> Job:
    """One generation run over the samples that match (over none for a method that needs no pool)."""

    def work(run: str, step: Step) -> str:
        added = generate(workspace, run, generator, _pool(workspace, pool), step)
        if not added.read:
            raise NotReady("The method made nothing: no sample of the pool fits it. Choose another pool or options.")
        return sentence(added)

    return Job("generate", generator.name, generator.model_dump(mode="json"), work)


def generate(workspace: Workspace, run: str, generator: Generator, pool: Sequence[Sample], step: Step) -> Added:
    """Make samples and store them batch by batch; what was stored stays when the run is stopped."""
    most = generator.requested(pool)
    new = repeated = 0
    batch: list[Collected] = []
    for collected in generator(pool):
        batch.append(collected)
        if len(batch) >= BATCH:
            added = add_samples(workspace, run, batch)
            new, repeated, batch = new + added.new, repeated + added.repeated, []
            step(new + repeated, most)
    added = add_samples(workspace, run, batch, _refusals(generator))
    made = Added(new + added.new, repeated + added.repeated, added.refused)
    step(made.new + made.repeated, made.new + made.repeated)
    return made


def sentence(added: Added) -> str:
    """What a generation did, in words."""
    refused = f", {added.refused:,} rows of the source refused" if added.refused else ""
    return f"{added.new + added.repeated:,} made, {added.new:,} new, {added.repeated:,} were there already{refused}."


def _pool(workspace: Workspace, pool: Facets | None) -> list[Sample]:
    return read_samples(workspace, numbers_of(workspace, pool).tolist()) if pool is not None else []


def _refusals(generator: Generator) -> list[Refusal]:
    return generator.refusals() if isinstance(generator, Refusing) else []
