"""Cells of a grid of two labels: which samples are in one, and which ones lie next to an empty one."""

from dataclasses import replace

import numpy as np

from curation.facets import Facets
from curation.store import Workspace
from curation.store.browse import numbers_of
from curation.store.crossed import METHOD, ORIGIN, STATE

AROUND = 12
"""Samples that are taken from the row of an empty cell, and as many from its column."""


def narrowed(facets: Facets, kind: str, label: str) -> Facets:
    """The choices and one label of a kind, in place of others of that kind."""
    if kind == ORIGIN:
        return replace(facets, origins=(label,))
    if kind == METHOD:
        return replace(facets, methods=(label,))
    if kind == STATE:
        return replace(facets, states=(label,))
    return replace(facets, labels=(*(pair for pair in facets.labels if pair[0] != kind), (kind, label)))


def around(workspace: Workspace, facets: Facets, row: tuple[str, str], column: tuple[str, str]) -> list[int]:
    """Samples to start from where a cell is empty: some of its row and some of its column, drawn with a fixed seed.

    Args:
        workspace: where to look.
        facets: what the grid shows.
        row: kind and label of the row.
        column: kind and label of the column.
    """
    chance = np.random.default_rng(7)
    found: set[int] = set()
    for kind, label in (row, column):
        numbers = numbers_of(workspace, narrowed(facets, kind, label))
        found |= set(chance.choice(numbers, min(AROUND, len(numbers)), replace=False).tolist())
    return sorted(found)
