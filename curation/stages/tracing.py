"""Where exported samples came from, read in blocks while the files are written."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from curation.exporters import Provenance
from curation.stages.planning import BLOCK, Plan
from curation.store import Workspace
from curation.store.samples import occurrences_of


def provenance_of(workspace: Workspace, chosen: Plan) -> Iterator[Provenance]:
    """Where each sample of a plan came from, in its order; never more than a block is held."""
    for start in range(0, len(chosen.ids), BLOCK):
        yield from _read(workspace, chosen, chosen.ids[start : start + BLOCK], chosen.numbers[start : start + BLOCK])


class Traced(Mapping[str, Provenance]):
    """Sample id → where it came from.

    Reads a block at a time, in the order in which splits are written. What goes out more than once stays in memory, for
    it can come again anywhere.
    """

    def __init__(self, workspace: Workspace, chosen: Plan) -> None:
        self._workspace, self._chosen = workspace, chosen
        numbers = dict(zip(chosen.ids, chosen.numbers, strict=True))
        splits: dict[str, list[str]] = {}
        for sample_id in chosen.ids:
            splits.setdefault(chosen.assignment[sample_id], []).append(sample_id)
        self._order = list(chain.from_iterable(splits.values()))
        self._numbers = [numbers[sample_id] for sample_id in self._order]
        self._places = {sample_id: place for place, sample_id in enumerate(self._order)}
        self._again = {number for number, times in Counter(chosen.sequence).items() if times > 1}
        self._held: dict[str, Provenance] = {}
        self._kept: dict[str, Provenance] = {}

    def __getitem__(self, sample_id: str) -> Provenance:
        """Look in the block that is held, else read the one that begins with this sample."""
        if sample_id in self._kept:
            return self._kept[sample_id]
        if sample_id not in self._held:
            start = self._places[sample_id]
            block = slice(start, start + BLOCK)
            found = _read(self._workspace, self._chosen, self._order[block], self._numbers[block])
            self._held = {one.sample_id: one for one in found}
            again = zip(self._held.values(), self._numbers[block], strict=True)
            self._kept |= {one.sample_id: one for one, number in again if number in self._again}
        return self._held[sample_id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._order)

    def __len__(self) -> int:
        return len(self._order)


def _read(workspace: Workspace, chosen: Plan, ids: Sequence[str], numbers: Sequence[int]) -> Iterator[Provenance]:
    found = occurrences_of(workspace, numbers)
    for sample_id, number in zip(ids, numbers, strict=True):
        origins = [origin for _, origin in found[number]]
        yield Provenance(sample_id, chosen.assignment[sample_id], origins, [run for run, _ in found[number]])
