"""How many samples people would accept, and the plan by which that is known soonest."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from curation.facets import Facets
from curation.reviewing.chances import standardised
from curation.reviewing.estimating import (
    FEWEST,
    Said,
    Share,
    estimate,
    expectations,
    helps,
    labelled_of,
    reached,
    sizes_of,
)
from curation.signals import SIGNALS
from curation.store import Workspace
from curation.store.browse import numbers_of
from curation.store.decisions import read_verdicts
from curation.store.labelled import read_coded, stamp
from curation.store.queues import add_plan, list_plans, read_asked, read_luck, read_plan
from curation.store.signals import list_measured, read_numbers

FIRST_PLAN = 60
"""From so many labels on there is a plan, and another one each time they have doubled."""
EQUAL = 0.5
"""The size of every sample in plan 0, and of one that came after a plan was made: the largest that there is."""
KNOWN = 0.9
"""What is not measured on all samples helps only where it is there for so many: what was judged or looked at because
a person had decided on it would tell of that decision."""
CLUSTER = "cluster"
Floats = NDArray[np.float64]


def share_accepted(workspace: Workspace, facets: Facets) -> Share | None:
    """How many of the matching samples people would accept; None where too few decisions tell.

    Passed over is taken to be like decided. Where states are chosen there is no answer: a decision changes the state.
    """
    if facets.states:
        return None
    said, plans = _said(workspace), _plans(workspace)
    chosen = numbers_of(workspace, facets) if facets else np.arange(len(said.luck))
    said = Said(said.luck[chosen], said.verdict[chosen], said.touched[chosen])
    chance = reached(said, [plan[chosen] for plan in plans])
    if len(labelled_of(said, chance).places) < FEWEST:
        return None
    return estimate(said, chance, known(workspace)[chosen])


def sizes_now(workspace: Workspace) -> Floats:
    """The sizes of all samples in the plan that is followed now; a new plan is made where it is time for one."""
    plans = _plans(workspace)
    said = _said(workspace)
    labelled = labelled_of(said, reached(said, plans))
    if len(labelled.places) < FIRST_PLAN * 2 ** (len(plans) - 1):
        return plans[-1]
    chances = expectations(said, labelled, known(workspace))
    sizes = sizes_of(chances) if helps(chances, labelled) else np.full(len(chances), EQUAL)
    add_plan(workspace, np.arange(len(sizes), dtype=np.int32), sizes)
    return sizes


def known(workspace: Workspace) -> NDArray[np.float32]:
    """What is measured of every sample, with its cluster: float32 of shape (samples, columns). Do not write into it.

    Nothing that people said is among it.
    """
    return _known(workspace, stamp(workspace))


def luck(workspace: Workspace) -> Floats:
    """The number that each sample has for good. Do not write into it."""
    return _luck(workspace, stamp(workspace)[0])


def clusters(workspace: Workspace) -> tuple[NDArray[np.int32], tuple[str, ...]]:
    """(cluster of every sample, -1 for none; what the clusters are called). Do not write into it."""
    return _clusters(workspace, stamp(workspace))


def _said(workspace: Workspace) -> Said:
    touched = np.zeros(stamp(workspace)[0], np.bool_)
    touched[read_asked(workspace)] = True
    # What is asked again has no word that counts.
    return Said(luck(workspace), np.where(touched, read_verdicts(workspace), 0).astype(np.int8), touched)


def _plans(workspace: Workspace) -> list[Floats]:
    samples = stamp(workspace)[0]
    kept = [_sizes(workspace, plan, samples) for plan in list_plans(workspace)]
    return [np.full(samples, EQUAL), *kept]


@lru_cache(maxsize=16)
def _sizes(workspace: Workspace, plan: int, samples: int) -> Floats:
    sizes = np.full(samples, EQUAL)
    numbers, values = read_plan(workspace, plan)
    sizes[numbers] = values
    return sizes


@lru_cache(maxsize=2)
def _luck(workspace: Workspace, _samples: int) -> Floats:
    return read_luck(workspace)


@lru_cache(maxsize=2)
def _clusters(workspace: Workspace, state: tuple[int, ...]) -> tuple[NDArray[np.int32], tuple[str, ...]]:
    found = np.full(state[0], -1, np.int32)
    coded = read_coded(workspace, CLUSTER)
    found[coded.samples] = coded.codes
    return found, coded.names


@lru_cache(maxsize=2)
def _known(workspace: Workspace, state: tuple[int, ...]) -> NDArray[np.float32]:
    columns = []
    for name, there in list_measured(workspace).items():
        # The number of another sample is a name, no quantity.
        if there.numbers and not name.split(" ")[0].endswith("_sample"):
            values = read_numbers(workspace, name)
            if name in SIGNALS or np.isfinite(values).mean() >= KNOWN:
                columns.append(standardised(values))
    cluster, names = clusters(workspace)
    columns += [(cluster == code).astype(np.float32) for code in range(len(names))]
    return np.column_stack(columns) if columns else np.zeros((state[0], 0), np.float32)
