"""Samples of the workspace → the seeds that a method with a model starts from."""

from collections.abc import Sequence

from curation.sample import Origin, Seed
from curation.store import Workspace
from curation.store.samples import origins_of, read_samples

CLASSIFICATION = "classification"
"""The category that importers and methods give to tasks whose answer is one of a few labels."""


def read_seeds(workspace: Workspace, numbers: Sequence[int]) -> list[Seed]:
    """The samples with these numbers as seeds, in the same order.

    A seed is human where no model had a part in any of its origins. Its category is the first one that an origin
    states.
    """
    origins = origins_of(workspace, numbers)
    samples = read_samples(workspace, numbers)
    return [
        Seed(
            sample=sample,
            human=not any(origin.model for origin in origins[number]),
            category=_category(origins[number]),
            classification=any(origin.category == CLASSIFICATION for origin in origins[number]),
        )
        for number, sample in zip(numbers, samples, strict=True)
    ]


def _category(origins: Sequence[Origin]) -> str:
    return next((origin.category for origin in origins if origin.category), "")
