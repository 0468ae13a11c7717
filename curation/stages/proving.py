"""Proof after the fact: the data files of an export, read back, hold nothing that belongs together in two splits (N10).

Nothing of the plan is believed but which samples go out: each row of a file is told by its content to be of a sample,
and the ties between samples are read anew.
"""

from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from curation.errors import CurationError
from curation.exporters import Part
from curation.exporters.rereading import row_key, written_keys
from curation.methods import Row
from curation.sample import Sample
from curation.splits import torn
from curation.stages.planning import BLOCK, Plan
from curation.stages.relating import Ties, ties
from curation.store.samples import read_samples


@dataclass(frozen=True)
class _Rows:
    """Every row that samples can give in one format: its key, and the place of its sample."""

    keys: NDArray[np.int64]
    owners: NDArray[np.int64]


@dataclass(frozen=True)
class Prover:
    """Called with the folder of an export whose data files are written and that nobody can see yet.

    Args:
        chosen: which samples go out.
        parts: the formats that are written.
    """

    chosen: Plan
    parts: Sequence[Part]

    def __call__(self, folder: Path) -> Row:
        """What was read and compared, for the manifest.

        Raises:
            CurationError: two samples that belong together lie in two splits, or a row is of no sample.
        """
        places = np.zeros(len(self.chosen.numbers), np.int64)
        read = strange = 0
        for part, rows in zip(self.parts, self._rows(), strict=True):
            for bit, path in self._files(folder, part):
                keys = np.fromiter(written_keys(path, part.format.container, part.columns()), np.int64)
                owners, unknown = _owners(rows, keys)
                places[owners] |= 1 << bit
                read, strange = read + len(keys), strange + unknown
        tied = ties(self.chosen.workspace, self.chosen.numbers)
        return {"rows": read, **_compared(places, tied, strange)}

    def _files(self, folder: Path, part: Part) -> Iterator[tuple[int, Path]]:
        """(a number for the split, the file) of those that are there."""
        for bit, split in enumerate(self.chosen.sizes()):
            path = folder / part.format.name / f"{split}.{part.format.suffix}"
            if path.exists():
                yield bit, path

    def _rows(self) -> list[_Rows]:
        """For each format the rows that the samples give, made anew from what the workspace holds."""
        keys = [array("q") for _ in self.parts]
        owners = [array("q") for _ in self.parts]
        columns = [part.columns() for part in self.parts]
        for position, sample in self._samples():
            for at, part in enumerate(self.parts):
                if part.format.accepts(sample):
                    made = [row_key(row, part.format.container, columns[at]) for row in part.rows(sample)]
                    keys[at].extend(made)
                    owners[at].extend([position] * len(made))
        return [
            _Rows(np.frombuffer(key, np.int64), np.frombuffer(owner, np.int64))
            for key, owner in zip(keys, owners, strict=True)
        ]

    def _samples(self) -> Iterator[tuple[int, Sample]]:
        """Every sample with its place, split after split: in that order it is told where they came from."""
        splits = {name: bit for bit, name in enumerate(self.chosen.sizes())}
        own = [splits[self.chosen.assignment[sample_id]] for sample_id in self.chosen.ids]
        order = np.argsort(own, kind="stable").tolist()
        for start in range(0, len(order), BLOCK):
            block = order[start : start + BLOCK]
            numbers = [self.chosen.numbers[at] for at in block]
            yield from zip(block, read_samples(self.chosen.workspace, numbers), strict=True)


def _owners(rows: _Rows, keys: NDArray[np.int64]) -> tuple[NDArray[np.int64], int]:
    """(places of the samples that give one of these rows, how many of the rows no sample gives)."""
    known = np.isin(keys, rows.keys)
    return rows.owners[np.isin(rows.keys, keys)], int(np.count_nonzero(~known))


def _compared(places: NDArray[np.int64], tied: Ties, strange: int) -> Row:
    kinds = {"samples": np.column_stack([np.arange(len(places))] * 2), **tied.kinds()}
    across = {name: torn(places, edges) for name, edges in kinds.items()}
    if strange or any(map(len, across.values())):
        raise CurationError(_refused(across, tied, strange))
    looked = {name: {"compared": len(edges), "across_splits": len(across[name])} for name, edges in kinds.items()}
    return {"rows_of_no_sample": strange, "similarity": tied.threshold, **looked}


def _refused(across: Mapping[str, NDArray[np.int64]], tied: Ties, strange: int) -> str:
    said = [f"{strange:,} rows that are of no sample that goes out"] if strange else []
    for name, edges in across.items():
        if len(edges):
            a, b = (tied.ids[place] for place in edges[0].tolist())
            said.append(f"{len(edges):,} {name} in two splits (samples {a[:12]} and {b[:12]}, say)")
    return (
        f"The files were written and read back, and they hold {'; '.join(said)}. They were removed again: nothing that "
        "belongs together may lie in two splits. Try once more; if it stays, please report it."
    )
