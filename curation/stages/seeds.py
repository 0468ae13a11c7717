"""Samples of the workspace → the seeds that a method with a model starts from."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from curation.errors import CurationError, NotReady
from curation.facets import Facets
from curation.methods import ModelGenerator
from curation.sample import Origin, Seed
from curation.store import Workspace
from curation.store.authors import naming_no_model
from curation.store.browse import numbers_of
from curation.store.samples import origins_of, read_samples

CLASSIFICATION = "classification"
"""The category that importers and methods give to tasks whose answer is one of a few labels."""

Which = Literal["in", "people", "all"]
"""Of the samples that match: those that are in (accepted or kept), of these the ones by people, or all of them."""
IN = ("accepted", "kept")


def choose_seeds(workspace: Workspace, facets: Facets, which: Which) -> tuple[int, ...]:
    """The numbers of the samples to start from, ascending."""
    if which == "all":
        return tuple(numbers_of(workspace, facets).tolist())
    states = tuple(state for state in facets.states or IN if state in IN)
    if not states:
        return ()
    inside = replace(facets, states=states)
    numbers = naming_no_model(workspace, inside) if which == "people" else numbers_of(workspace, inside)
    return tuple(numbers.tolist())


def needs_seeds(method: ModelGenerator) -> bool:
    """Whether a method has nothing to ask without seeds; the others only keep clear of what the seeds hold.

    One whose file cannot be read counts as one that needs none, so that the file is what is spoken of.
    """
    try:
        return not any(asking.calls for asking in method.expected([]))
    except NotReady:
        return True
    except CurationError:
        return False


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
