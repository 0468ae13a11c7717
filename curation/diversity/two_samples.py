"""Whether two collections of texts could come from one source, by their vectors."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from curation.methods import Vectors

MOST = 1000
"""Rows of each side that are compared: the matrix of all distances has to fit into memory."""
PERMUTATIONS = 999
_ROUNDING = 1e-9


@dataclass(frozen=True)
class TwoSamples:
    """A two-sample test.

    Args:
        energy: the energy distance of the rows compared, 0 where both sides are spread alike.
        share: the same as a share of the mean distance between the sides, 0 to 1: the energy coefficient.
        p: how often sides dealt at random from both together lie at least as far apart, above 0 to 1.
        n: rows of the first side that were compared.
        m: rows of the second side.
        permutations: random deals.
        seed: of the choice of rows and the deals.
    """

    energy: float
    share: float
    p: float
    n: int
    m: int
    permutations: int
    seed: int


def two_samples(
    first: Vectors, second: Vectors, seed: int = 7, most: int = MOST, permutations: int = PERMUTATIONS
) -> TwoSamples:
    """Energy distance of two sets of unit vectors with a permutation p-value.

    The energy distance 2 E|X - Y| - E|X - X'| - E|Y - Y'| with Euclidean norms is 0 only where both have the same
    distribution (Székely and Rizzo 2013, doi:10.1016/j.jspi.2013.03.018). The p-value counts the observed deal itself
    (Phipson and Smyth 2010, doi:10.2202/1544-6115.1585), so it is never 0.

    Args:
        first: float32 unit rows of shape (n, dimension).
        second: float32 unit rows of shape (m, dimension).
        seed: of the rows that are compared and of the deals.
        most: rows of each side that are compared, drawn without repeats.
        permutations: random deals.

    Raises:
        ValueError: a side has fewer than two rows.
    """
    if min(len(first), len(second)) < 2:
        raise ValueError("each side needs two rows or more")
    chance = np.random.default_rng(seed)
    one, other = _drawn(first, most, chance), _drawn(second, most, chance)
    n, m = len(one), len(other)
    distances = _distances(np.concatenate([one, other]))
    weights = np.concatenate([np.full(n, 1 / n, np.float32), np.full(m, -1 / m, np.float32)])
    dealt = np.stack([weights, *(chance.permutation(weights) for _ in range(permutations))])
    energies = -np.einsum("ij,ij->i", dealt @ distances, dealt, dtype=np.float64)
    energy = max(0.0, float(energies[0]))
    between = float(distances[:n, n:].mean(dtype=np.float64))
    reached = int((energies[1:] >= energies[0] - _ROUNDING).sum())
    share = energy / (2 * between) if between else 0.0
    return TwoSamples(energy, share, (1 + reached) / (1 + permutations), n, m, permutations, seed)


def _drawn(rows: Vectors, most: int, chance: np.random.Generator) -> Vectors:
    """At most so many rows, in their order."""
    if len(rows) <= most:
        return rows
    return rows[np.sort(chance.choice(len(rows), most, replace=False))]


def _distances(rows: Vectors) -> NDArray[np.float32]:
    squares = np.maximum(2 - 2 * (rows @ rows.T), 0)
    np.fill_diagonal(squares, 0)
    return np.asarray(np.sqrt(squares), np.float32)
