"""Positions on a map: UMAP from exact neighbours."""

import warnings
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from curation.mapping.nearest import neighbours as nearest
from curation.methods import Vectors

Floats = NDArray[np.float32]


def place(
    vectors: Vectors,
    seed: int = 42,
    neighbours: int = 15,
    progress: Callable[[int, int], None] | None = None,
    found: tuple[NDArray[np.int32], Floats] | None = None,
) -> Floats:
    """A position per row, float32 of shape (n, 2); the same rows and seed give the same bytes.

    UMAP (McInnes, Healy, Melville 2018) as umap-learn does it, from exact nearest rows and starting at the two main
    axes. Up to `neighbours` rows lie on their two main axes as they are, because a neighbourhood would be all of them.

    Args:
        vectors: float32 unit rows of shape (n, dimension).
        seed: of the layout.
        neighbours: rows that shape the surroundings of each, the row itself among them.
        progress: called with (rows done, n) while neighbours are searched; what it raises stops the work. The layout
            that follows takes about twice as long and does not report.
        found: the `neighbours - 1` nearest other rows of each and their cosines, where they are known already.
    """
    rows = np.ascontiguousarray(vectors, np.float32)
    start = _main_axes(rows)
    if len(rows) <= max(3, neighbours):
        return start
    which, near = found or nearest(rows, neighbours - 1, progress)
    itself = np.arange(len(rows), dtype=np.int32)[:, None]
    known = np.column_stack([itself, which])
    distance = np.column_stack([np.zeros(len(rows), np.float32), np.maximum(0, 1 - near)])
    noise = np.random.default_rng(seed).normal(scale=1e-3, size=start.shape).astype(np.float32)
    return _umap(rows, known, distance, start + noise, seed)


def _main_axes(rows: Floats) -> Floats:
    """The two main axes (PCA), scaled to ±10, each pointing to where its largest coordinate is positive."""
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
        positions[:, : found.shape[1]] = 10 * found / widest
    return positions


def _umap(rows: Floats, known: NDArray[np.int32], distance: Floats, start: Floats, seed: int) -> Floats:
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Tensorflow not installed", ImportWarning)  # no neural UMAP is wanted
        warnings.filterwarnings("ignore", r"precomputed_knn\[2\]", UserWarning)  # no new rows are placed later
        import umap

        layout = umap.UMAP(
            n_neighbors=known.shape[1],
            metric="cosine",
            precomputed_knn=(known, distance),
            init=start,
            random_state=seed,
            n_jobs=1,
        )
        return np.asarray(layout.fit_transform(rows), np.float32)
