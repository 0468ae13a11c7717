"""Positions on a map: UMAP from exact neighbours."""

from collections.abc import Callable
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from curation.layouts import Layout
from curation.mapping.descent import Descent, spread_out
from curation.mapping.graph import Floats, Graph, Ints, distances, fuzzy_union, memberships
from curation.mapping.nearest import nearest_among
from curation.mapping.nearest import neighbours as nearest
from curation.mapping.umap_learn import lay_out
from curation.methods import Vectors

Progress = Callable[[int, int], None]
_MANY = 10_000
"""Rows from which fewer epochs do, as in umap-learn."""
_LATER = 30
"""Epochs for points that come later."""
_SAME = np.float32(1e-6)
PLAIN = Layout()


def place(
    vectors: Vectors,
    layout: Layout = PLAIN,
    progress: Progress | None = None,
    found: tuple[Ints, Floats] | None = None,
    threads: int = 0,
) -> Floats:
    """A position per row, float32 of shape (n, 2); the same rows and layout give the same bytes.

    UMAP (McInnes, Healy, Melville 2018) from exact nearest rows, starting at the two main axes. Up to
    `layout.neighbours` rows lie on their two main axes as they are, because a neighbourhood would be all of them.

    Args:
        vectors: float32 unit rows of shape (n, dimension).
        layout: who lays out, and how.
        progress: called with (steps done, steps); what it raises stops the work. umap-learn does not report.
        found: the `layout.neighbours - 1` nearest other rows of each and their cosines, where they are known already.
        threads: for Sift's own layout; 0 for as many as there are cores. They change nothing of the result.
    """
    rows = np.ascontiguousarray(vectors, np.float32)
    start = _main_axes(rows)
    if len(rows) <= max(3, layout.neighbours):
        return start
    which, near = found or nearest(rows, layout.neighbours - 1, progress)
    noise = np.random.default_rng(layout.seed).normal(scale=1e-3, size=start.shape).astype(np.float32)
    if layout.method == "umap-learn":
        return lay_out(rows, (which, near), start + noise, layout)
    graph = fuzzy_union(which, memberships(distances(near, layout.metric)))
    seeds = np.arange(1, len(rows) + 1, dtype=np.uint64) + np.uint64(layout.seed)
    epochs = 300 if len(rows) > _MANY else 500
    return spread_out(
        start / np.float32(2) + noise,
        graph,
        seeds,
        Descent(bend(layout.min_distance), epochs, threads=threads, progress=progress),
    )


def place_later(
    queries: Vectors, vectors: Vectors, positions: Floats, layout: Layout = PLAIN
) -> tuple[Floats, Ints, Floats]:
    """A position for rows that come later, among rows that have one and keep it.

    Each begins at the mean of its nearest rows, weighted by how much they belong to its surroundings, and moves a few
    times with all others held still. A row that is already there lies where it lies. Where a row comes to lie does not
    hang on which others come with it.

    Args:
        queries: float32 unit rows of shape (m, dimension): what comes later.
        vectors: float32 unit rows of shape (n, dimension), n > 0: what is there.
        positions: float32 of shape (n, 2): where it lies.
        layout: of the map.

    Returns:
        positions (m, 2); the nearest rows (m, k) of each, as positions in `vectors`, and their cosines (m, k).
    """
    which, near = nearest_among(queries, vectors, layout.neighbours - 1)
    belong = memberships(distances(near, layout.metric))
    weights = belong / belong.sum(axis=1, keepdims=True)
    start = np.einsum("ik,ikj->ij", weights, positions[which]).astype(np.float32)
    m, k = which.shape
    graph = Graph(np.arange(0, m * k + 1, k, dtype=np.int64), which.ravel(), belong.ravel())
    seeds = which[:, 0].astype(np.uint64) + np.uint64(layout.seed + 1)
    how = Descent(bend(layout.min_distance), _LATER, speed=0.25)
    placed = spread_out(np.concatenate([positions, start]), graph, seeds, how)[len(positions) :]
    is_there = near[:, 0] >= 1 - _SAME
    placed[is_there] = positions[which[is_there, 0]]
    return placed, which, near


@lru_cache
def bend(min_distance: float) -> tuple[float, float]:
    """The a and b for which 1 / (1 + a d^(2 b)) is 1 up to `min_distance` and falls as exp(min_distance - d) beyond.

    >>> [round(value, 3) for value in bend(0.1)]
    [1.577, 0.895]
    """
    from scipy.optimize import curve_fit

    def curve(d: NDArray[np.float64], a: float, b: float) -> NDArray[np.float64]:
        return 1 / (1 + a * d ** (2 * b))

    d = np.linspace(0, 3, 300)
    fitted = curve_fit(curve, d, np.where(d < min_distance, 1.0, np.exp(min_distance - d)))[0]
    return float(fitted[0]), float(fitted[1])


def _main_axes(rows: Floats) -> Floats:
    """The two main axes (PCA), scaled to ±10, each pointing to where its largest coordinate is positive.

    Rounded, because the last digits hang on how many threads multiplied.
    """
    positions = np.zeros((len(rows), 2), np.float32)
    if len(rows) < 2:
        return positions
    centred = rows.astype(np.float64) - rows.mean(axis=0, dtype=np.float64)
    axes = np.linalg.eigh(centred.T @ centred)[1][:, ::-1][:, :2]
    found = centred @ axes
    largest = found[np.abs(found).argmax(axis=0), np.arange(found.shape[1])]
    found *= np.where(largest < 0, -1, 1)
    widest = np.abs(found).max()
    if widest > 1e-6:
        positions[:, : found.shape[1]] = np.round(10 * found / widest, 4)
    return positions
