"""How likely each sample is to be accepted, by what was decided so far: a ridge logistic curve over measured columns.

Nothing is ever decided by it. It says where words of people tell most, and it takes the part of the noise out of an
estimate that the columns explain. So it may be wrong without an estimate being wrong; it only helps less then.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
FOLDS = 5
_STEPS, _CLOSE = 25, 1e-6


@dataclass(frozen=True, eq=False)
class Labelled:
    """Samples with a word of people: their places among all samples, whether accepted (1.0 or 0.0), and weights."""

    places: NDArray[np.int64]
    accepted: Floats
    weights: Floats


def crossed_chances(columns: NDArray[np.float32], folds: NDArray[np.int64], labelled: Labelled) -> Floats:
    """The chance of each sample, by a curve that has not seen the labels of its fold; float64 of shape (samples,).

    Args:
        columns: shape (samples, features), standardised; 0 where a value is missing.
        folds: in which of the `FOLDS` each sample is.
        labelled: what people decided.
    """
    from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

    found = np.empty(len(columns))
    # Products this small take a hundred times as long where threads wait for one another on a busy machine.
    with threadpool_limits(1, "blas"):
        for fold in range(FOLDS):
            inside = folds == fold
            seen = folds[labelled.places] != fold
            kept = Labelled(labelled.places[seen], labelled.accepted[seen], labelled.weights[seen])
            fitted = _fit(columns, kept)
            found[inside] = _curve(columns[inside] @ fitted[1:].astype(np.float32) + fitted[0])
    return found


def standardised(values: Floats) -> NDArray[np.float32]:
    """Ranks as normal scores (so that a few huge values do not rule), 0 where there is none.

    >>> standardised(np.array([10.0, 1e9, np.nan, 20.0])).round(2)
    array([-0.97,  0.97,  0.  ,  0.  ], dtype=float32)
    """
    from scipy.special import ndtri

    known = np.isfinite(values)
    found = np.zeros(len(values), np.float32)
    levels, places, counts = np.unique(values[known], return_inverse=True, return_counts=True)
    if len(levels) > 1:
        middle = (np.cumsum(counts) - counts / 2) / known.sum()
        found[known] = ndtri(middle)[places]
    return found


def _fit(columns: NDArray[np.float32], labelled: Labelled) -> Floats:
    """Intercept and slopes by Newton's method; the intercept is drawn to nothing, the slopes to 0.

    The ridge is one pseudo-label of precision per slope for every four features, so that many columns and few labels
    still give a flat curve.
    """
    x = np.hstack([np.ones((len(labelled.places), 1)), columns[labelled.places].astype(np.float64)])
    pull = np.full(x.shape[1], 1.0 + 0.25 * columns.shape[1])
    pull[0] = 0.1
    fitted = np.zeros(x.shape[1])
    for _ in range(_STEPS):
        chance = _curve(x @ fitted)
        slope = x.T @ (labelled.weights * (labelled.accepted - chance)) - pull * fitted
        bend = (x * (labelled.weights * chance * (1 - chance))[:, None]).T @ x + np.diag(pull)
        step = np.linalg.solve(bend, slope)
        fitted += step
        if np.abs(step).max() < _CLOSE:
            break
    return fitted


def _curve(x: NDArray[np.floating]) -> Floats:
    return np.asarray(1 / (1 + np.exp(-np.clip(x, -30, 30))), np.float64)
