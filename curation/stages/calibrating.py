"""What labelled pairs say about thresholds, and which pair to label next."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from curation.duplicates import (
    LABELS,
    OURS,
    Band,
    Pair,
    Point,
    Proposal,
    Scorer,
    band_of,
    bands,
    columns_of,
    costs,
    differences,
    facts_of,
    fit_scorer,
    propose,
    table,
    weights,
)
from curation.stages.comparing import Comparison
from curation.store import Workspace
from curation.store.pair_labels import pair_verdicts
from curation.store.samples import read_samples

Key = tuple[int, int]


@dataclass(frozen=True, eq=False)
class Calibration:
    """What the labels say about the stored pairs.

    Args:
        labels: every labelled pair (a < b), and whether it is one of duplicates.
        similarity: float32, of the labelled pairs that are among the stored ones.
        duplicate: bool, of the same pairs.
        weight: how many stored pairs each of them stands for.
        proposal: the threshold with the best F1; None until there are enough labels.
        scorer: fitted to these labels where there are enough, else ours.
    """

    labels: dict[Key, bool]
    similarity: NDArray[np.float32]
    duplicate: NDArray[np.bool_]
    weight: NDArray[np.float64]
    proposal: Proposal | None
    scorer: Scorer

    @property
    def missing(self) -> int:
        """How many labels are still missing until a threshold is proposed, 0 where only one of the kinds is."""
        return max(0, LABELS - len(self.similarity))

    @property
    def bands(self) -> list[Band]:
        """Duplicates among the labelled pairs by similarity."""
        return bands(self.similarity, self.duplicate)

    def at(self, threshold: float) -> Point | None:
        """What a threshold costs by the labels; None until there are enough."""
        return costs(self.similarity, self.duplicate, threshold, self.weight) if self.proposal else None


def calibration(workspace: Workspace, found: Comparison) -> Calibration:
    """What the labels of now say; computed again only when a label was added or the pairs changed."""
    return _calibrated(workspace, found, tuple(pair_verdicts(workspace).items()))


def next_pair(found: Comparison, labelled: Collection[Key], threshold: float | None) -> Pair | None:
    """The unlabelled pair nearest to a threshold, or, without one, one of the band that has the fewest labels.

    The latter is drawn by chance, the same until it is labelled: so labels tell about all similarities alike.
    """
    similarity = found.edges.similarity
    is_left = ~found.edges.together(labelled)
    if not is_left.any():
        return None
    if threshold is not None:
        place = int(np.argmin(np.where(is_left, np.abs(similarity - np.float32(threshold)), np.inf)))
    else:
        which = band_of(similarity)
        done = np.bincount(which[~is_left], minlength=which.max() + 1)
        fewest = min(np.unique(which[is_left]).tolist(), key=lambda band: (done[band], -band))
        place = int(np.random.default_rng(len(labelled)).choice(np.flatnonzero(is_left & (which == fewest))))
    return Pair(int(found.edges.a[place]), int(found.edges.b[place]), float(similarity[place]))


@lru_cache(maxsize=4)
def _calibrated(workspace: Workspace, found: Comparison, said: tuple[tuple[Key, bool], ...]) -> Calibration:
    labels = dict(said)
    keys, places = _places(found, list(labels))
    similarity = found.edges.similarity[places]
    duplicate = np.array([labels[key] for key in keys], np.bool_)
    weight = weights(similarity, found.edges.similarity) if len(keys) else np.ones(0)
    if len(keys) < LABELS or duplicate.all() or not duplicate.any():
        return Calibration(labels, similarity, duplicate, weight, None, OURS)
    scorer = fit_scorer(_columns(workspace, found, keys, similarity), duplicate)
    return Calibration(labels, similarity, duplicate, weight, propose(similarity, duplicate, weight), scorer)


def _places(found: Comparison, labelled: list[Key]) -> tuple[list[Key], NDArray[np.int64]]:
    """The labelled pairs that are stored, and their places among the edges; copies go by the first of them."""
    samples = len(found.explorer.groups(1.0))
    first = found.edges.first(samples)
    stored = found.edges.a.astype(np.int64) * samples + found.edges.b
    places = {}
    for a, b in labelled:
        ends = sorted((int(first[a]), int(first[b])))
        place = int(np.searchsorted(stored, ends[0] * samples + ends[1]))
        if place < len(stored) and stored[place] == ends[0] * samples + ends[1]:
            places[a, b] = place
    return list(places), np.array(list(places.values()), np.int64)


def _columns(
    workspace: Workspace, found: Comparison, keys: list[Key], similarity: NDArray[np.float32]
) -> NDArray[np.float64]:
    """What the score looks at, of these pairs."""
    sides = [
        [facts_of(one, found.space.field) for one in read_samples(workspace, list(side))]
        for side in zip(*keys, strict=True)
    ]
    return columns_of(similarity, table([differences(a, b) for a, b in zip(*sides, strict=True)]))
