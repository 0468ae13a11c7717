"""Near-duplicates and copies as a page asks for them: any threshold at once, groups with their members."""

from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from curation.duplicates import Explorer, Feature, Pair, copies
from curation.stages.curating import explorer_of, priority, similarity_of
from curation.stages.differing import kept_apart
from curation.store import Workspace
from curation.store.pair_labels import pair_verdicts
from curation.store.pairs import Edges, Space, latest_space, read_pairs
from curation.store.samples import count_samples, read_range

STEP = 0.005
"""Between two thresholds of the curve and of the slider."""
Ints = NDArray[np.int32]
Said = tuple[tuple[tuple[int, int], bool], ...]


@dataclass(frozen=True)
class Group:
    """One sample that stays, how many there are with those that go, and how near the farthest of them is to it."""

    kept: int
    size: int
    least: float


@dataclass(frozen=True, eq=False)
class Groups:
    """Which sample stands for which.

    Args:
        middle: int32 of shape (samples,); the number of the sample that stands for each one, its own where it stays.
        similarity: float32, of each sample that goes to the one that stays, in the order of `removed`.
    """

    middle: Ints
    similarity: NDArray[np.float32]

    @cached_property
    def removed(self) -> Ints:
        """Numbers of the samples that go, ascending."""
        return np.flatnonzero(self.middle != np.arange(len(self.middle))).astype(np.int32)

    @cached_property
    def listed(self) -> list[Group]:
        """The groups of two or more, the largest first."""
        kept, place, sizes = np.unique(self.middle[self.removed], return_inverse=True, return_counts=True)
        least = np.ones(len(kept), np.float32)
        np.minimum.at(least, place, self.similarity)
        order = np.lexsort((kept, -sizes))
        return [Group(int(kept[i]), int(sizes[i]) + 1, float(least[i])) for i in order]

    def members(self, kept: int) -> list[tuple[int, float]]:
        """(number, similarity) of the samples of one group that go, the nearest first."""
        inside = self.middle[self.removed] == kept
        found = zip(self.removed[inside].tolist(), self.similarity[inside].tolist(), strict=True)
        return sorted(found, key=lambda member: (-member[1], member[0]))


@dataclass(frozen=True, eq=False)
class Comparison:
    """The stored pairs of a workspace, ready for any threshold.

    Args:
        space: what was compared.
        explorer: the pairs with the better of two by the decisions and rules of the moment.
        edges: the same pairs by number.
        unless: pairs in which one of these differs are kept apart, unless a person called them duplicates.
    """

    space: Space
    explorer: Explorer
    edges: Edges
    unless: tuple[Feature, ...] = ()

    @cached_property
    def thresholds(self) -> NDArray[np.float64]:
        """Where the curve is known: from the first step at or above the floor up to 1; empty where that is above 1."""
        steps = np.round(np.arange(round(1 / STEP) + 1) * STEP, 3)
        return steps[steps.astype(np.float32) >= np.float32(self.space.floor)]

    @cached_property
    def curve(self) -> NDArray[np.int64]:
        """How many samples each of `thresholds` keeps, exactly."""
        return self.explorer.curve(self.thresholds)

    def groups(self, threshold: float) -> Groups:
        """Who stands for whom at a threshold.

        Raises:
            NotReady: the threshold is below the floor.
        """
        middle = self.explorer.groups(threshold)
        removed = np.flatnonzero(middle != np.arange(len(middle))).astype(np.int32)
        return Groups(middle, similarity_of(self.edges, removed, middle[removed], len(middle)))

    def kept_share(self, threshold: float) -> float:
        """How much of all samples a threshold keeps, 0 to 1.

        Raises:
            NotReady: the threshold is below the floor.
        """
        kept = self.explorer.kept(threshold)
        return float(kept.mean()) if len(kept) else 1.0

    def borderline(self, threshold: float, n: int = 10) -> tuple[list[Pair], list[Pair]]:
        """The n pairs just at or above a threshold and the n just below, nearest to it first.

        Raises:
            NotReady: the threshold is below the floor.
        """
        return self.explorer.borderline(threshold, n)


def comparison(workspace: Workspace, unless: tuple[Feature, ...] = ()) -> Comparison | None:
    """The pairs that were found last, None where none were looked for; read again only when something changed.

    `unless`: samples are never the same where one of these features differs.
    """
    space = latest_space(workspace)
    if space is None:
        return None
    said = tuple(pair_verdicts(workspace).items())
    return _built(workspace, space, priority(workspace).tobytes(), (unless, said))


def exact_copies(workspace: Workspace) -> Groups:
    """Samples whose prompts are equal but for case, spacing and sentence punctuation; the earliest one stays."""
    return _copies(workspace, count_samples(workspace))


@lru_cache(maxsize=2)
def _built(workspace: Workspace, space: Space, ranks: bytes, apart_by: tuple[tuple[Feature, ...], Said]) -> Comparison:
    edges, apart = kept_apart(workspace, space, read_pairs(workspace, space.id), apart_by[0])
    return Comparison(space, explorer_of(space, edges, np.frombuffer(ranks, np.float64), apart), edges, apart_by[0])


@lru_cache(maxsize=2)
def _copies(workspace: Workspace, samples: int) -> Groups:
    middle = copies([sample.prompt for sample in read_range(workspace, 0, samples)])
    return Groups(middle, np.ones(np.count_nonzero(middle != np.arange(samples)), np.float32))
