"""Generations of data side by side: what models wrote from people's samples, what they wrote from that, and so on."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from curation.rouge import Pool
from curation.stages.watching import BATCH, MEASURES, SEEDS, read_batch, values_of
from curation.store import Workspace
from curation.store.depths import read_depths
from curation.store.proposed import Proposed
from curation.store.samples import read_samples

DRAWS = 20
"""Batches that are drawn from a generation."""


@dataclass(frozen=True)
class Spread:
    """The mean of a measure over batches and the ends of its 95 % interval."""

    mean: float
    low: float
    high: float


@dataclass(frozen=True)
class Generation:
    """All samples of one generation depth.

    Args:
        depth: 0 for what people wrote.
        samples: how many there are.
        batches: how many batches were drawn.
        measures: each of `MEASURES` over those batches.
        opening: the commonest opening in most batches.
    """

    depth: int
    samples: int
    batches: int
    measures: Mapping[str, Spread]
    opening: str


def read_generations(workspace: Workspace, seed: int = 7) -> list[Generation]:
    """The samples of the workspace by generation depth, measured on batches of equal size drawn at random."""
    return _generations(workspace, workspace.changes, seed)


def depths_of(workspace: Workspace) -> NDArray[np.int32]:
    """The generation depth of every sample by number."""
    return _depths(workspace, workspace.changes)


@lru_cache(maxsize=1)
def _depths(workspace: Workspace, _changes: int) -> NDArray[np.int32]:
    return read_depths(workspace)


@lru_cache(maxsize=1)
def _generations(workspace: Workspace, _changes: int, seed: int) -> list[Generation]:
    depths = depths_of(workspace)
    chance = np.random.default_rng(seed)
    found: list[Generation] = []
    seeds = Pool()
    for depth in np.unique(depths).tolist():
        numbers = chance.permutation(np.flatnonzero(depths == depth))
        found.append(_generation(workspace, depth, numbers, seeds))
        if not len(seeds):
            seeds = Pool(sample.instruction for sample in read_samples(workspace, numbers[:SEEDS].tolist()))
    return found


def _generation(workspace: Workspace, depth: int, numbers: NDArray[np.intp], seeds: Pool) -> Generation:
    samples = read_samples(workspace, numbers[: DRAWS * BATCH].tolist())
    drawn = [
        [Proposed(one.instruction, one.output, -1) for one in samples[start : start + BATCH]]
        for start in range(0, len(samples) - BATCH + 1, BATCH)
    ]
    readings = [read_batch(batch, seeds) for batch in drawn]
    openings = [one.opening for one in readings]
    measures = {name: _spread(values_of(readings, name)) for name in MEASURES}
    return Generation(
        depth, len(numbers), len(drawn), measures, max(sorted(set(openings)), key=openings.count, default="")
    )


def _spread(values: Sequence[float]) -> Spread:
    there = [value for value in values if not math.isnan(value)]
    if not there:
        return Spread(math.nan, math.nan, math.nan)
    mean = float(np.mean(there))
    half = 1.96 * float(np.std(there, ddof=1)) / math.sqrt(len(there)) if len(there) > 1 else math.nan
    return Spread(mean, mean - half, mean + half)
