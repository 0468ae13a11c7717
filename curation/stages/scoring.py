"""The calibrated score of stored pairs: ours to begin with, fitted to people's labels once there are enough."""

import numpy as np
from numpy.typing import NDArray

from curation.duplicates import LABELS, OURS, Scorer, columns_of, differences, facts_of, fit_scorer, table
from curation.store import Workspace
from curation.store.pairs import Edges, Space
from curation.store.samples import read_samples

Key = tuple[int, int]


def scorer_of(workspace: Workspace, space: Space, edges: Edges, labels: dict[Key, bool]) -> Scorer:
    """The score by the labels of stored pairs; ours where these are too few or all the same.

    Args:
        workspace: where the texts are.
        space: what was compared; by meaning, for the score looks at cosines.
        edges: its pairs, with their cosines.
        labels: every labelled pair (a < b), and whether it is one of duplicates.
    """
    keys, places = stored_places(edges, labels)
    duplicate = np.array([labels[key] for key in keys], np.bool_)
    if len(keys) < LABELS or duplicate.all() or not duplicate.any():
        return OURS
    sides = [
        [facts_of(one, space.field) for one in read_samples(workspace, list(side))] for side in zip(*keys, strict=True)
    ]
    found = table([differences(a, b) for a, b in zip(*sides, strict=True)])
    return fit_scorer(columns_of(edges.similarity[places], found), duplicate)


def stored_places(edges: Edges, labelled: dict[Key, bool]) -> tuple[list[Key], NDArray[np.int64]]:
    """The labelled pairs that are stored, and their places among the edges; copies go by the first of them."""
    samples = 1 + max([int(part.max(initial=-1)) for part in (edges.b, edges.copies)] + [max(key) for key in labelled])
    first = edges.first(samples)
    stored = edges.a.astype(np.int64) * samples + edges.b
    places = {}
    for a, b in labelled:
        ends = sorted((int(first[a]), int(first[b])))
        place = int(np.searchsorted(stored, ends[0] * samples + ends[1]))
        if place < len(stored) and stored[place] == ends[0] * samples + ends[1]:
            places[a, b] = place
    return list(places), np.array(list(places.values()), np.int64)
