"""How full the grid of a domain is after a run of prompt evolution: which cells have samples, and which have none."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from curation.errors import NotReady
from curation.facets import Facets
from curation.generators import PromptEvolution
from curation.generators.domain.axes import Axis, Cell, crossed, grid
from curation.stages.synthesis import read_order
from curation.store import Workspace
from curation.store.lineage import read_kept

CATEGORY = "category"
"""Under this name the words of a cell are found among the labels."""


@dataclass(frozen=True)
class Coverage:
    """The grid of a run.

    Args:
        counts: samples by cell, 0 for an empty one.
        runs: those that brought the samples in: this run, or an earlier one that asked the same.
    """

    counts: Mapping[Cell, int]
    runs: tuple[str, ...]

    @cached_property
    def axes(self) -> list[Axis]:
        """The axes of the grid, in its order."""
        return list(dict.fromkeys(axis for cell in self.counts for axis, _ in cell.values))

    @property
    def empty(self) -> int:
        """How many cells have no sample."""
        return sum(not count for count in self.counts.values())

    def table(self, rows: Axis, columns: Axis) -> dict[str, dict[str, int]]:
        """Row → column → samples, summed over the other axes."""
        return crossed(self.counts, rows, columns)

    def facets(self, wanted: Sequence[tuple[Axis, str]]) -> Facets:
        """What narrows samples down to those of this run in the cells with these values."""
        found = [
            cell for cell, n in self.counts.items() if n and all(cell.value(axis) == value for axis, value in wanted)
        ]
        return Facets(runs=self.runs, labels=tuple((CATEGORY, cell.words) for cell in found))


def read_coverage(workspace: Workspace, run: str) -> Coverage:
    """The grid of a run, counted by what it kept so far.

    Raises:
        NotReady: the run is none of prompt evolution, or what it was to do is not written down.
    """
    method = read_order(workspace, run).method
    if not isinstance(method, PromptEvolution):
        raise NotReady("Only runs of prompt evolution fill a grid.")
    made = read_kept(workspace, run)
    runs = tuple(dict.fromkeys(one.run for one in made)) or (run,)
    return Coverage(grid(method.cells(), (one.origin for one in made)), runs)
