"""The dot product of two rows in machine code."""

import numpy as np
from numpy.typing import NDArray

from curation.computing.compiled import compiled_sum


@compiled_sum
def dot(x: NDArray[np.float32], y: NDArray[np.float32]) -> float:
    """The dot product of two rows of shape (d,) in float64, which rounds to the same float32 in every order."""
    total = 0.0
    for k in range(len(x)):
        total += np.float64(x[k]) * np.float64(y[k])
    return total
