"""The reference: the package umap-learn."""

import warnings

import numpy as np

from curation.layouts import Layout
from curation.mapping.graph import Floats, Ints, distances
from curation.methods import Vectors


def lay_out(rows: Vectors, found: tuple[Ints, Floats], start: Floats, layout: Layout) -> Floats:
    """Positions by umap-learn, float32 of shape (n, 2), from known neighbours; its time is mostly compiling.

    Args:
        rows: float32 unit rows of shape (n, dimension).
        found: the nearest other rows of each, and their cosines.
        start: float32 of shape (n, 2): where points begin.
        layout: the options.
    """
    which, near = found
    itself = np.arange(len(rows), dtype=np.int32)[:, None]
    known = np.column_stack([itself, which])
    apart = np.column_stack([np.zeros(len(rows), np.float32), distances(near, layout.metric)])
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Tensorflow not installed", ImportWarning)  # no neural UMAP is wanted
        warnings.filterwarnings("ignore", r"precomputed_knn\[2\]", UserWarning)  # Sift itself places what comes later
        import umap

        model = umap.UMAP(
            n_neighbors=known.shape[1],
            min_dist=layout.min_distance,
            metric=layout.metric,
            precomputed_knn=(known, apart),
            init=start,
            random_state=layout.seed,
            n_jobs=1,
        )
        return np.asarray(model.fit_transform(rows), np.float32)
