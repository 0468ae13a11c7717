"""How doubtful a sample is: one number from parts that say why, each from 0 (no reason) to 1.

The number is 1 - Π (1 - weight × part), the noisy-or of Pearl (1988, §4.3.2): every reason adds, several outweigh one,
and none is averaged away by the absence of others. A part is about closeness in ranks rather than units, so bounds on
words and on shares count alike.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Kind = Literal["judges", "bound", "duplicate", "cluster"]

WEIGHTS: dict[Kind, float] = {"judges": 0.9, "bound": 0.7, "duplicate": 0.7, "cluster": 0.4}
CLOSE = 0.03
"""Close to a bound: at most this share of all samples lies between; to a threshold: similarities differ by less."""
_LEVELS = 10
"""A signal with fewer different values has no values that are close to a bound."""


@dataclass(frozen=True, eq=False)
class Part:
    """One reason: of which kind, about what (a signal, a criterion, "" for none), and how strong by sample."""

    kind: Kind
    about: str
    values: Floats

    def at(self, number: int) -> float:
        """How much it counts for one sample."""
        return WEIGHTS[self.kind] * float(self.values[number])


def doubt(parts: Sequence[Part], samples: int) -> Floats:
    """All parts together, 0 to 1, of shape (samples,).

    >>> bound = Part("bound", "words", np.array([1.0, 1.0]))
    >>> doubt([Part("judges", "accuracy", np.array([1.0, 0.0])), bound], 2).round(2)
    array([0.97, 0.7 ])
    """
    certain = np.ones(samples)
    for part in parts:
        certain *= 1 - WEIGHTS[part.kind] * part.values
    return 1 - certain


def apart(spread: Floats, low: float, high: float) -> Floats:
    """How far judges are apart: the spread of their scores as a share of the scores that were given, low to high."""
    return np.clip(np.nan_to_num(spread) / (high - low), 0, 1) if high > low else np.zeros(len(spread))


def near_bound(values: Floats, bound: float) -> Floats:
    """1 at the bound, on either side, down to 0 where `CLOSE` of all values lie between."""
    known = np.sort(values[np.isfinite(values)])
    if len(np.unique(known)) < _LEVELS:
        return np.zeros(len(values))
    # Equal values share the middle of their ranks.
    ranks = (np.searchsorted(known, values, "left") + np.searchsorted(known, values, "right")) / 2
    at = (np.searchsorted(known, bound, "left") + np.searchsorted(known, bound, "right")) / 2
    close = 1 - np.abs(ranks - at) / len(known) / CLOSE
    return np.where(np.isfinite(values), np.clip(close, 0, 1), 0.0)


def near_threshold(pairs: tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.float32]], threshold: float,
                   samples: int) -> Floats:  # fmt: skip
    """1 for a sample with a pair at the threshold, down to 0 where no similarity is within `CLOSE` of it.

    Args:
        pairs: numbers of samples, those of their partners, and the similarities.
        threshold: from which on two samples count as the same.
        samples: how many there are.
    """
    a, b, similarity = pairs
    close = 1 - np.abs(similarity.astype(np.float64) - threshold) / CLOSE
    some = close > 0
    found = np.zeros(samples)
    for side in (a, b):
        np.maximum.at(found, side[some], close[some])
    return found


def hardly_seen(clusters: NDArray[np.int32], asked: NDArray[np.bool_]) -> Floats:
    """How far the share of a cluster that people were asked of falls behind that of all; 0 for samples in none.

    Half a sample is added to both, so that a small cluster is not far behind for nothing.
    """
    inside = clusters >= 0
    if not inside.any() or not asked.any():
        return np.zeros(len(clusters))
    sizes = np.bincount(clusters[inside])
    seen = np.bincount(clusters[inside], weights=asked[inside])
    expected = sizes * (seen.sum() / sizes.sum())
    behind = np.clip(1 - (seen + 0.5) / (expected + 0.5), 0, 1)
    return np.where(inside, behind[clusters], 0.0)
