"""Two groups of samples on one map: where only one of them lies, where both do, and in which clusters."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from curation.facets import Facets
from curation.stages.frames import STEPS, Places, in_steps
from curation.store import Workspace
from curation.store.browse import numbers_of
from curation.store.charts import label_codes
from curation.store.maps import read_positions
from curation.store.samples import count_samples

Numbers = NDArray[np.int32]
Floats = NDArray[np.float64]
By = Literal["origins", "methods", "runs"]

CELLS = 128
"""Cells along the side of the grid on which both groups are counted."""
SMOOTH = 3
"""Times that the counts are spread to the neighbouring cells: about two cells to each side."""
KERNEL = ((-2, 1), (-1, 4), (0, 6), (1, 4), (2, 1))
"""Cells aside, and weight in sixteenths."""
LEAST = 0.1
"""Where the share of a group in the density is below this, it counts as not there."""
ONLY_A, BOTH, ONLY_B = 0, 1, 2


@dataclass(frozen=True)
class Group:
    """Samples that have one thing in common: an origin, a method or a run."""

    by: By
    name: str

    def facets(self) -> Facets:
        """What narrows down to them."""
        return Facets().toggled(self.by, self.name)


@dataclass(frozen=True)
class Part:
    """A cluster with how many of each group lie in it, and which share of each group that is."""

    title: str
    a: int
    b: int
    share_a: float
    share_b: float
    where: int

    @property
    def shift(self) -> float:
        """How much larger the share of the first group is than that of the second."""
        return self.share_a - self.share_b


@dataclass(frozen=True)
class Overlap:
    """Two groups on one map.

    Args:
        codes: by number of the sample: `ONLY_A`, `BOTH` or `ONLY_B` by what lies around it, -1 where it is in neither.
        sizes: how many of each group are on the map.
        alone: how many of the first lie where the second is not, and the other way round.
        common: how much of both densities is the same, from 0 (nothing) to 1 (they lie alike).
        parts: the clusters, those in which the groups differ most first.
    """

    codes: Numbers
    sizes: tuple[int, int]
    alone: tuple[int, int]
    common: float
    parts: tuple[Part, ...]


# A page asks the same again each time it is drawn.
@lru_cache(maxsize=2)
def compare_groups(
    workspace: Workspace, key: str, groups: tuple[Group, Group], within: Facets, _changes: int
) -> Overlap:
    """Compare two groups on a map; a sample that is in both counts for both.

    The densities are counts on a grid, spread a little and divided by the size of the group, so that a large group and
    a small one that lie alike look alike. A point lies where only the first group is when that one has more than nine
    tenths of the two densities there.

    Args:
        workspace: where to look.
        key: the map.
        groups: the two.
        within: what else the samples must match.
        _changes: of the workspace, so that what is kept is never out of date.
    """
    total = count_samples(workspace)
    there, positions = read_positions(workspace, key)
    matching = _marked(numbers_of(workspace, within), total)
    of_a, of_b = (_marked(numbers_of(workspace, group.facets()), total) & matching for group in groups)
    places, in_a, in_b = in_steps(positions), of_a[there], of_b[there]
    cells = _cells(places)
    a, b = _density(cells[in_a]), _density(cells[in_b])
    share = np.divide(a, a + b, out=np.full(a.shape, 0.5), where=(a + b) > 0)
    where = np.where(share > 1 - LEAST, ONLY_A, np.where(share < LEAST, ONLY_B, BOTH)).astype(np.int32)
    codes = np.full(total, -1, np.int32)
    either = in_a | in_b
    codes[there[either]] = where[cells[either]]
    on_map = np.zeros(total, np.bool_)
    on_map[there] = True
    return Overlap(
        codes,
        (int(in_a.sum()), int(in_b.sum())),
        (int((where[cells[in_a]] == ONLY_A).sum()), int((where[cells[in_b]] == ONLY_B).sum())),
        float(np.minimum(a, b).sum()),
        tuple(_parts(workspace, of_a & on_map, of_b & on_map)),
    )


def _marked(numbers: Numbers, total: int) -> NDArray[np.bool_]:
    is_marked = np.zeros(total, np.bool_)
    is_marked[numbers] = True
    return is_marked


def _cells(places: Places) -> NDArray[np.intp]:
    """The cell of each place; a margin of two cells keeps what is spread inside the grid."""
    inner = (places.astype(np.intp) * (CELLS - 4)) // (STEPS + 1) + 2
    return inner[:, 0] * CELLS + inner[:, 1]


def _density(cells: NDArray[np.intp]) -> Floats:
    """The share of a group in each cell, spread by a binomial kernel of five cells; the sum is 1, or 0 for nobody."""
    grid: Floats = np.bincount(cells, minlength=CELLS * CELLS).astype(np.float64).reshape(CELLS, CELLS)
    for axis in (0, 1) * SMOOTH:
        grid = np.sum([np.roll(grid, by, axis) * (weight / 16) for by, weight in KERNEL], axis=0)
    return grid.ravel() / max(1, len(cells))


def _parts(workspace: Workspace, of_a: NDArray[np.bool_], of_b: NDArray[np.bool_]) -> Sequence[Part]:
    codes, names = label_codes(workspace, "cluster")
    counts = [np.bincount(codes[group & (codes >= 0)], minlength=len(names)) for group in (of_a, of_b)]
    totals = [max(1, int(group.sum())) for group in (of_a, of_b)]
    parts = [
        Part(name, int(a), int(b), a / totals[0], b / totals[1], _where(a / totals[0], b / totals[1]))
        for name, a, b in zip(names, counts[0].tolist(), counts[1].tolist(), strict=True)
        if a or b
    ]
    return sorted(parts, key=lambda part: (-abs(part.shift), part.title))


def _where(a: float, b: float) -> int:
    share = a / (a + b)
    return ONLY_A if share > 1 - LEAST else ONLY_B if share < LEAST else BOTH
