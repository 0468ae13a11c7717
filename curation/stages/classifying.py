"""Samples + a classifier of the reader's own → the probability of each of its labels, as signals."""

import json
from collections.abc import Sequence

import numpy as np

from curation.facets import Facets
from curation.runs import Job, Step
from curation.signals.classifier import Classifier
from curation.store import Workspace
from curation.store.browse import numbers_of
from curation.store.samples import read_samples
from curation.store.settings import read_setting, write_setting
from curation.store.signals import add_values, list_measured, read_numbers, write_group

KIND = "classify"
PREFIX = "classifier: "
"""How the signals begin that hold the probabilities."""
VERSION = "classifier"
"""The setting that says which classifier the values are from."""
BATCH = 64
STILL_IN = Facets(states=("accepted", "kept"))


def classify_job(workspace: Workspace, classifier: Classifier, facets: Facets = STILL_IN) -> Job:
    """The samples that match, by default those that are still in, as a run."""

    def work(_run: str, step: Step) -> str:
        return classify(workspace, classifier, numbers_of(workspace, facets).tolist(), step)

    return Job(KIND, classifier.name, classifier.model_dump(mode="json"), work)


def classify(workspace: Workspace, classifier: Classifier, numbers: Sequence[int], step: Step) -> str:
    """Give these samples the probability of each label; those that this very classifier has seen are left out.

    Another classifier, or another version of its weights, takes the place of the one before. What is done stays when
    it is stopped.

    Raises:
        ModelError: the model cannot be loaded.
    """
    version = classifier.version()
    _renew(workspace, version)
    todo = _unseen(workspace, numbers)
    for start in range(0, len(todo), BATCH):
        step(start, len(todo))
        part = todo[start : start + BATCH]
        found = classifier(read_samples(workspace, part))
        columns = {f"{PREFIX}{label}": dict(zip(part, values.tolist(), strict=True)) for label, values in found.items()}
        add_values(workspace, columns)
    step(len(todo), len(todo))
    before = f"; {len(numbers) - len(todo):,} had been before" if len(todo) < len(numbers) else ""
    return f"{len(todo):,} samples classified by {classifier.model}{before}."


def _renew(workspace: Workspace, version: str) -> None:
    """Forget what another classifier said."""
    if json.loads(read_setting(workspace, VERSION, '""')) == version:
        return
    with workspace.writing():
        write_group(workspace, PREFIX, {})
        write_setting(workspace, VERSION, json.dumps(version))


def _unseen(workspace: Workspace, numbers: Sequence[int]) -> list[int]:
    """A sample without text has a value that is missing, and is looked at again, which costs nothing."""
    signal = next((name for name in list_measured(workspace) if name.startswith(PREFIX)), None)
    if signal is None:
        return list(numbers)
    seen = np.isfinite(read_numbers(workspace, signal))
    return [number for number in numbers if not seen[number]]
