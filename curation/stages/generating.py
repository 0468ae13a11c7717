"""Pool + method → new samples in the workspace."""

from collections.abc import Sequence

from curation.facets import Facets
from curation.methods import Generator
from curation.model import Endpoint, as_collected, ask
from curation.runs import Job, Step
from curation.sample import Collected, Sample
from curation.store import Workspace
from curation.store.browse import numbers_of
from curation.store.samples import Added, add_samples, read_samples

BATCH = 500


def generate_job(workspace: Workspace, generator: Generator, pool: Facets | None = None) -> Job:
    """One generation run over the samples that match (over none for a method that needs no pool)."""

    def work(run: str, step: Step) -> str:
        samples = read_samples(workspace, numbers_of(workspace, pool).tolist()) if pool is not None else []
        added = generate(workspace, run, generator, samples, step)
        return f"{added.read:,} made, {added.new:,} new, {added.repeated:,} were there already."

    return Job("generate", generator.name, generator.model_dump(mode="json"), work)


def generate(workspace: Workspace, run: str, generator: Generator, pool: Sequence[Sample], step: Step) -> Added:
    """Make samples and store them batch by batch; what was stored stays when the run is stopped."""
    new = repeated = 0
    batch: list[Collected] = []
    for collected in generator(pool):
        batch.append(collected)
        if len(batch) >= BATCH:
            added = add_samples(workspace, run, batch)
            new, repeated, batch = new + added.new, repeated + added.repeated, []
            step(new + repeated, 0)
    added = add_samples(workspace, run, batch)
    made = Added(new + added.new, repeated + added.repeated, 0)
    step(made.read, made.read)
    return made


def ask_job(workspace: Workspace, endpoint: Endpoint, prompt: str, system: str = "") -> Job:
    """One question to a model; its answer becomes a sample."""

    def work(run: str, step: Step) -> str:
        step(0, 1)
        answer = ask(endpoint, prompt, system=system)
        added = add_samples(workspace, run, [as_collected(answer, endpoint, prompt, system)])
        step(1, 1)
        return f"{answer.model} answered in {answer.seconds:.1f} s; {added.new} new sample."

    return Job("generate", "ask", {"endpoint": endpoint.name, "model": endpoint.model}, work)
