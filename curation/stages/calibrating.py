"""What labelled pairs say about thresholds, and which pair to label next."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from curation.duplicates import LABELS, Band, Pair, Point, Proposal, band_of, bands, leaning, propose
from curation.stages.comparing import Comparison
from curation.stages.scoring import stored_places

Key = tuple[int, int]
FIRST = 12
"""So many labels are spread over all similarities before any is asked for where they lean."""


@dataclass(frozen=True, eq=False)
class Calibration:
    """What the labels say about the stored pairs.

    Args:
        labels: every labelled pair (a < b), and whether it is one of duplicates.
        similarity: float32, of the labelled pairs that are among the stored ones.
        duplicate: bool, of the same pairs.
        floor: the lowest similarity that is known.
        proposal: the threshold with the best F1; None until there are enough labels.
    """

    labels: dict[Key, bool]
    similarity: NDArray[np.float32]
    duplicate: NDArray[np.bool_]
    floor: float
    proposal: Proposal | None

    @property
    def missing(self) -> int:
        """How many labels are still missing until a threshold is proposed, 0 where only one of the kinds is."""
        return max(0, LABELS - len(self.similarity))

    @property
    def bands(self) -> list[Band]:
        """Duplicates among the labelled pairs by similarity."""
        return bands(self.similarity, self.duplicate, self.floor)

    def at(self, threshold: float) -> Point | None:
        """What a threshold costs by the labels; None until there are enough."""
        return self.proposal.at(threshold) if self.proposal else None


@lru_cache(maxsize=2)
def calibration(found: Comparison) -> Calibration:
    """What the labels say of the pairs that they are compared with."""
    labels = found.labels
    keys, places = stored_places(found.edges, labels)
    similarity = found.edges.similarity[places]
    duplicate = np.array([labels[key] for key in keys], np.bool_)
    enough = len(keys) >= LABELS and 0 < duplicate.sum() < len(keys)
    floor, pool = found.alike.floor, found.edges.similarity
    proposal = propose((similarity, duplicate), pool, floor) if enough else None
    return Calibration(labels, similarity, duplicate, floor, proposal)


def next_pair(found: Comparison, labelled: Collection[Key], threshold: float | None) -> Pair | None:
    """The unlabelled pair nearest to a threshold, or, without one, the one that a proposal learns most from.

    That is one of the band of similarities that has the fewest labels, drawn by chance, the same until it is labelled;
    after the first dozen every other one is the nearest to where the labels lean.
    """
    similarity = found.edges.similarity
    is_left = ~found.edges.together(labelled)
    if not is_left.any():
        return None
    near = threshold if threshold is not None else _leaning(found)
    if near is not None:
        place = int(np.argmin(np.where(is_left, np.abs(similarity - np.float32(near)), np.inf)))
    else:
        which = band_of(similarity, found.alike.floor)
        done = np.bincount(which[~is_left], minlength=which.max() + 1)
        fewest = min(np.unique(which[is_left]).tolist(), key=lambda band: (done[band], -band))
        place = int(np.random.default_rng(len(labelled)).choice(np.flatnonzero(is_left & (which == fewest))))
    return Pair(int(found.edges.a[place]), int(found.edges.b[place]), float(similarity[place]))


def _leaning(found: Comparison) -> float | None:
    """Where the labels lean, when it is the turn of a pair from there."""
    said = calibration(found)
    count = len(said.similarity)
    if count < FIRST or count % 2 or said.duplicate.all() or not said.duplicate.any():
        return None
    return leaning((said.similarity, said.duplicate), found.edges.similarity, said.floor)
