"""Samples → signals. Only what is not measured yet is measured."""

from curation.diversity import verb_objects
from curation.runs import Job, Step
from curation.sample import Sample
from curation.signals import SIGNALS
from curation.store import Workspace
from curation.store.samples import count_samples, read_range
from curation.store.signals import first_unmeasured, list_measured, write_signal

BATCH = 2000
VERB_OBJECT = ("verb", "object")


def measure_job(workspace: Workspace) -> Job:
    """Measuring as a run."""

    def work(_run: str, step: Step) -> str:
        return f"{measure(workspace, step):,} samples measured on {len(SIGNALS) + len(VERB_OBJECT)} signals."

    return Job("measure", "signals", {}, work)


def unmeasured(workspace: Workspace) -> int:
    """How many samples lack the signal that the fewest have."""
    found = list_measured(workspace)
    measured = [found[name].samples if name in found else 0 for name in (*SIGNALS, *VERB_OBJECT)]
    return count_samples(workspace) - min(measured)


def measure(workspace: Workspace, step: Step) -> int:
    """Measure every signal on every sample that lacks it, and give the number of samples that were looked at."""
    todo = {name: first_unmeasured(workspace, name) for name in (*SIGNALS, *VERB_OBJECT)}
    firsts = {name: first for name, (first, missing) in todo.items() if missing}
    total = count_samples(workspace)
    start = min(firsts.values(), default=total)
    for low in range(start, total, BATCH):
        step(low - start, total - start)
        samples = read_range(workspace, low, low + BATCH)
        for name in firsts:
            if name in SIGNALS:
                write_signal(workspace, name, low, SIGNALS[name]()(samples))
        if firsts.keys() & set(VERB_OBJECT):
            _write_verb_objects(workspace, low, samples)
    step(total - start, total - start)
    return total - start


def _write_verb_objects(workspace: Workspace, low: int, samples: list[Sample]) -> None:
    found = verb_objects([sample.instruction for sample in samples])
    write_signal(workspace, "verb", low, [pair[0] if pair else "" for pair in found])
    write_signal(workspace, "object", low, [(pair[1] or "") if pair else "" for pair in found])
