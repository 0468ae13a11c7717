"""Whether what a plan chose is more varied than as many samples drawn at random from all that is in."""

from hashlib import sha256
from typing import Final

import numpy as np
from numpy.typing import NDArray

from curation.diversity.draws import LEAST, SIZES, size_for
from curation.diversity.metrics import METRICS
from curation.errors import NotReady
from curation.runs import Job, Step
from curation.stages.diversity_numbers import SEED, Field, Group, Material, number_of
from curation.stages.embedding import chosen_embedder
from curation.stages.measuring import MEASURED_WITH
from curation.store import Workspace
from curation.store.diversity_numbers import Number, read_diversity, write_diversity
from curation.store.maps import latest_map
from curation.store.settings import read_setting

Numbers = NDArray[np.int32]

KIND: Final = "subset"
CHOSEN, RANDOM = "chosen", "random"
FEWEST: Final = LEAST * SIZES[-1]
"""Fewer samples say nothing."""


def stamp_of(workspace: Workspace, chosen: Numbers, inside: Numbers) -> str:
    """A name for everything that the numbers depend on; it changes when they have to be computed again."""
    shown = latest_map(workspace)
    parts = [
        *(sha256(np.sort(numbers).tobytes()).hexdigest() for numbers in (chosen, inside)),
        read_setting(workspace, MEASURED_WITH),
        chosen_embedder(workspace).revision,
        f"{shown.id} {shown.made}" if shown else "",
        *(f"{name} {METRICS[name].version} {METRICS[name]().model_dump_json()}" for name in METRICS),
    ]
    return sha256("\n".join(parts).encode()).hexdigest()[:16]


def subset_job(workspace: Workspace, field: Field, chosen: Numbers, inside: Numbers) -> Job:
    """Computing the numbers of what was chosen and of random samples as a run.

    Args:
        workspace: where they are.
        field: instructions with their inputs, or answers.
        chosen: numbers of the samples of the plan, each once, in any order.
        inside: numbers of the samples that it chose from.
    """

    def work(_run: str, step: Step) -> str:
        return compute(workspace, field, chosen, inside, step)

    return Job(KIND, field, {"chosen": len(chosen), "inside": len(inside), "seed": SEED}, work)


def compute(workspace: Workspace, field: Field, chosen: Numbers, inside: Numbers, step: Step) -> str:
    """Compute and keep every number of both, from draws of the same size; gives a sentence about it.

    Raises:
        NotReady: there are too few samples for any number, or all that is in was chosen.
    """
    size = size_for(len(chosen))
    if not size:
        raise NotReady(f"Numbers for how varied samples are need {FEWEST} samples and more.")
    if len(chosen) == len(inside):
        raise NotReady("The plan takes all that is in, so there is nothing to compare it with.")
    stamp, material = (
        stamp_of(workspace, chosen, inside),
        Material(workspace, field, chosen_embedder(workspace).revision),
    )
    ours, pool, rows = Group(CHOSEN, "", np.sort(chosen)), Group(RANDOM, "", np.sort(inside)), list[Number]()
    for metric in METRICS.values():
        step(len(rows), 2 * len(METRICS))
        rows.append(number_of(material, metric(), ours, size))
        rows.append(number_of(material, metric(), pool, size, part=len(chosen)))
    write_diversity(workspace, _kept_as(field), stamp, rows)
    step(len(rows), len(rows))
    return f"{len(METRICS)} numbers computed for the plan and for random samples, from draws of {size:,} samples each."


def subset_numbers(workspace: Workspace, field: Field, chosen: Numbers, inside: Numbers) -> tuple[Number, ...]:
    """The numbers of exactly this plan, chosen before random for each metric; none where they are not current."""
    found = read_diversity(workspace, _kept_as(field))
    return found.rows if found.rows and found.stamp == stamp_of(workspace, chosen, inside) else ()


def _kept_as(field: Field) -> str:
    """Under this name the numbers of the last plan stand among those of the fields."""
    return f"{KIND} {field}"
