"""Near-duplicates on both sides of a split."""

from typing import ClassVar

import numpy as np

from curation.stages.checks.check import Check, Finding, Numbers, Outgoing
from curation.stages.relating import tied_by
from curation.store.pairs import read_pairs


class SplitLeak(Check):
    """Near-duplicates across splits.

    Pairs at or above the threshold of the recipe (0.90 in meaning where it has none) whose two samples go into
    different splits: the test would be of what was trained on.
    """

    name: ClassVar[str] = "split_leak"

    def __call__(self, going: Outgoing) -> Finding | None:
        """Count the pairs that the planned splits tear apart."""
        torn = _torn(going)
        if not len(torn):
            return None
        pairs = "1 pair" if len(torn) == 1 else f"{len(torn):,} pairs"
        return self.found(
            f"{pairs} of near-duplicates (similarity ≥ {going.chosen.threshold:.2f}) would lie in two splits. Remove "
            "near-duplicates on Duplicates, or change the splits.",
            np.unique(torn),
            len(torn),
        )


def _torn(going: Outgoing) -> Numbers:
    """(number, number) of pairs in two splits, of shape (n, 2)."""
    chosen, tied = going.chosen, tied_by(going.workspace)
    if chosen.threshold is None or tied is None or len(chosen.sizes()) < 2:
        return np.zeros((0, 2), np.int32)
    edges = read_pairs(going.workspace, tied[0].id).among(going.numbers.tolist())
    places = {name: place for place, name in enumerate(chosen.sizes())}
    of = np.full(int(going.numbers.max()) + 1, -1, np.int32)
    of[np.asarray(chosen.numbers)] = [places[chosen.assignment[sample_id]] for sample_id in chosen.ids]
    near = edges.similarity >= np.float32(chosen.threshold)
    torn = near & (of[edges.a] != of[edges.b])
    return np.column_stack([edges.a[torn], edges.b[torn]]).astype(np.int32)
