"""Where a map lies: its own units, and the whole numbers in which its points travel to the browser."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Places = NDArray[np.uint16]
Floats = NDArray[np.float64]

STEPS = 65_535
"""Steps along the longer side of a map: a place is two whole numbers from 0 to this."""


@dataclass(frozen=True)
class Frame:
    """The square that holds a map: its lower left corner and its side, in the map's own units."""

    x: float = 0.0
    y: float = 0.0
    side: float = 1.0

    def steps(self, positions: Floats) -> Floats:
        """Positions (n, 2) in steps, not rounded."""
        steps: Floats = (positions - np.array([self.x, self.y])) * (STEPS / self.side)
        return steps

    def positions(self, steps: Floats) -> Floats:
        """Where on the map steps (n, 2) lie."""
        positions: Floats = steps * (self.side / STEPS) + np.array([self.x, self.y])
        return positions


def frame_of(positions: NDArray[np.float32]) -> Frame:
    """The frame of these positions (n, 2)."""
    if not len(positions):
        return Frame()
    low = positions.min(axis=0).astype(np.float64)
    side = float((positions.max(axis=0) - low).max()) or 1.0
    return Frame(float(low[0]), float(low[1]), side)


def in_steps(positions: NDArray[np.float32], frame: Frame | None = None) -> Places:
    """Positions (n, 2) as whole numbers from 0 to `STEPS`, from the lower left, with one scale for both axes.

    What lies outside the frame comes to lie on its edge; the frame of the positions themselves holds them all.
    """
    steps = (frame or frame_of(positions)).steps(np.asarray(positions, np.float64))
    places: Places = np.rint(steps).clip(0, STEPS).astype(np.uint16)
    return places
