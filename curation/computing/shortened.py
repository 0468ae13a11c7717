"""Short rows whose dot products are never below those of the whole rows: they rule out nearly all pairs."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

ROUNDING = 3e-5
"""More than the rounding of a 384-term float32 dot product of unit vectors."""
HALF_STEP = 2.0**-8
"""How far apart, relatively, two bfloat16 numbers lie; rounding to one moves a number by half of it at most."""
_FEW, _SAMPLE, _CHUNK = 512, 20_000, 65_536


def largest(rows: Floats) -> float:
    """The largest squared length of a row, at least 1: what all rounding is in proportion to."""
    return max(1.0, float(np.einsum("ij,ij->i", rows, rows).max(initial=1)))


def shortened(rows: Floats, width: int) -> Iterator[Floats]:
    """The rows on their main axes, and the length of what is left of each, some thousand at a time.

    With x = x' + r and y = y' + s, where x' and y' lie on the axes: x.y = x'.y' + r.s <= x'.y' + |r||s|
    (Cauchy-Schwarz), which is the dot product of (x', |r|) and (y', |s|). It holds for any axes at right angles.
    """
    if rows.shape[1] <= width or len(rows) < _FEW:
        yield rows
        return
    some = rows[:: max(1, len(rows) // _SAMPLE)]
    axes = np.linalg.eigh((some.T @ some).astype(np.float64))[1][:, :-width:-1].astype(np.float32)
    # The added 1e-5 keeps the bound above the truth where rounding made the rest too small.
    spare = np.float32(1e-5 * largest(rows))
    for start in range(0, len(rows), _CHUNK):
        part = rows[start : start + _CHUNK]
        main = part @ axes
        rest = np.einsum("ij,ij->i", part, part) - np.einsum("ij,ij->i", main, main)
        yield np.column_stack([main, np.sqrt(np.maximum(rest, 0) + spare)])
