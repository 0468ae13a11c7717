"""Near-duplicates as a page asks for them: any threshold at once, groups with their members."""

from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from curation.duplicates import Explorer, Pair, Scorer
from curation.recipe import Duplicates
from curation.stages.alike import Alike, alike, kind_of, priority, similarity_of
from curation.stages.curating import current_recipe
from curation.store import Workspace
from curation.store.duplicates import read_duplicates
from curation.store.pair_labels import pair_verdicts
from curation.store.pairs import Edges, Space, find_space

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
        edges: the pairs that this was told from.
    """

    middle: Ints
    edges: Edges

    @cached_property
    def removed(self) -> Ints:
        """Numbers of the samples that go, ascending."""
        return np.flatnonzero(self.middle != np.arange(len(self.middle))).astype(np.int32)

    @cached_property
    def sizes(self) -> NDArray[np.intp]:
        """For how many samples each one stands, itself among them: 0 where it goes."""
        return np.bincount(self.middle, minlength=1)

    @property
    def count(self) -> int:
        """How many groups of two or more there are."""
        return int(np.count_nonzero(self.sizes > 1))

    @property
    def largest(self) -> int:
        """Samples in the largest group, 0 where there is none."""
        size = int(self.sizes.max())
        return size if size > 1 else 0

    def listed(self, most: int) -> list[Group]:
        """The largest groups, at most so many of them."""
        kept = np.flatnonzero(self.sizes > 1).astype(np.int32)
        kept = kept[np.lexsort((kept, -self.sizes[kept]))][:most]
        inside = self.removed[np.isin(self.middle[self.removed], kept)]
        least = np.ones(len(self.middle), np.float32)
        np.minimum.at(least, self.middle[inside], self._similarity(inside))
        columns = (column.tolist() for column in (kept, self.sizes[kept], least[kept]))
        return [Group(*group) for group in zip(*columns, strict=True)]

    def members(self, kept: int) -> list[tuple[int, float]]:
        """(number, similarity) of the samples of one group that go, the nearest first."""
        inside = self.removed[self.middle[self.removed] == kept]
        found = zip(inside.tolist(), self._similarity(inside).tolist(), strict=True)
        return sorted(found, key=lambda member: (-member[1], member[0]))

    def _similarity(self, rows: Ints) -> NDArray[np.float32]:
        """Of samples that go to the one that stays."""
        return similarity_of(self.edges, rows, self.middle[rows], len(self.middle))


@dataclass(frozen=True, eq=False)
class Comparison:
    """The stored pairs of a workspace, ready for any threshold.

    Args:
        wanted: how samples are compared; its threshold is left aside.
        explorer: the pairs with the better of two by the decisions and rules of the moment.
        alike: the same pairs by number.
        labels: what people said of pairs (a < b): whether they are duplicates.
    """

    wanted: Duplicates
    explorer: Explorer
    alike: Alike
    labels: dict[tuple[int, int], bool]

    @property
    def space(self) -> Space:
        """What was compared."""
        return self.alike.space

    @property
    def edges(self) -> Edges:
        """The pairs, with the similarity that a threshold is about."""
        return self.alike.edges

    @property
    def scorer(self) -> Scorer | None:
        """The calibrated score; None where texts were compared by words."""
        return self.alike.scorer

    @cached_property
    def thresholds(self) -> NDArray[np.float64]:
        """Where the curve is known: from the first step at or above the floor up to 1; empty where that is above 1."""
        steps = np.round(np.arange(round(1 / STEP) + 1) * STEP, 3)
        return steps[steps.astype(np.float32) >= np.float32(self.alike.floor)]

    def stored(self, pair: Pair) -> float:
        """The similarity of one of the pairs as it was measured: cosine or ROUGE-L."""
        low, high = np.searchsorted(self.edges.a, [pair.a, pair.a + 1])
        return float(self.alike.stored[low + np.searchsorted(self.edges.b[low:high], pair.b)])

    @cached_property
    def curve(self) -> NDArray[np.int64]:
        """How many samples each of `thresholds` keeps, exactly."""
        return self.explorer.curve(self.thresholds)

    def groups(self, threshold: float) -> Groups:
        """Who stands for whom at a threshold.

        Raises:
            NotReady: the threshold is below the floor.
        """
        return Groups(self.explorer.groups(threshold), self.edges)

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


def comparison(workspace: Workspace, wanted: Duplicates | None = None) -> Comparison | None:
    """The pairs that were found last in this way, None where none were; built again only when something was written.

    `wanted`: how samples are compared; by the meaning of the prompt where it is not given.

    Raises:
        NotReady: what differs within the pairs matters and was not looked for.
    """
    return _compared(workspace, workspace.changes, (wanted or Duplicates()).model_copy(update={"threshold": None}))


def in_force(workspace: Workspace) -> tuple[Duplicates, Ints]:
    """What the recipe in force says about duplicates, and the numbers of the samples that it drops, ascending."""
    return _in_force(workspace, workspace.changes)


@lru_cache(maxsize=2)
def _in_force(workspace: Workspace, _changes: int) -> tuple[Duplicates, Ints]:
    return current_recipe(workspace).duplicates, read_duplicates(workspace)


@lru_cache(maxsize=4)
def _compared(workspace: Workspace, _changes: int, wanted: Duplicates) -> Comparison | None:
    space = find_space(workspace, kind_of(wanted), wanted.field)
    if space is None:
        return None
    return _built(
        workspace, (space, wanted), priority(workspace, wanted).tobytes(), tuple(pair_verdicts(workspace).items())
    )


# By all that it depends on: most of what is written, as a run's progress or a label elsewhere, changes none of it.
@lru_cache(maxsize=2)
def _built(workspace: Workspace, meant: tuple[Space, Duplicates], ranks: bytes, said: Said) -> Comparison:
    (space, wanted), labels = meant, dict(said)
    found = alike(workspace, space, wanted, labels)
    return Comparison(wanted, found.explorer(np.frombuffer(ranks, np.float64)), found, labels)
