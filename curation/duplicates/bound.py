"""Bounds of similarities, block by block, which rule out nearly all pairs.

Apart from `mapping/bounding.py`, because one floor holds for all pairs here: a bfloat16 block is compared as it is, by
its bits, in memory that the next block uses again. There the bar differs from row to row and rises while the next
blocks are being multiplied on another core, so each block must be float32 and its own.
"""

from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from curation.computing.processor import cores, has_bf16
from curation.computing.shortened import HALF_STEP, ROUNDING, Floats, largest, shortened

if TYPE_CHECKING:
    import torch

Block = NDArray[np.float32] | NDArray[np.int16]
Cut = np.float32 | np.int16
Which = slice | NDArray[np.int32]

PLAIN, HALF = 96, 128
"""Length of a short row: more of it costs more multiplications and rules out more pairs."""


class Bounds(Protocol):
    """Rows that are ready to be multiplied."""

    def block(self, rows: Which, columns: Which) -> Block:
        """The bounds of some rows (m) with some others (k), shape (m, k) or larger; good until the next call."""
        ...

    def cut(self, floor: float) -> Cut:
        """What the bound of a pair at or above the floor is never below, in the type of a block."""
        ...

    def tensor(self) -> "torch.Tensor":
        """The short rows, float32 or bfloat16 of shape (n, width)."""
        ...


class Plain:
    """Bounds in float32, with numpy alone."""

    def __init__(self, rows: Floats) -> None:
        """Shorten the rows, float32 of shape (n, dimension)."""
        self._short = np.concatenate(list(shortened(rows, PLAIN)))
        self._slack = ROUNDING * largest(rows)

    def block(self, rows: Which, columns: Which) -> Block:
        """As `Bounds.block`."""
        product: NDArray[np.float32] = self._short[rows] @ self._short[columns].T
        return product

    def cut(self, floor: float) -> Cut:
        """As `Bounds.cut`."""
        return np.float32(floor - self._slack)

    def tensor(self) -> "torch.Tensor":
        """As `Bounds.tensor`."""
        import torch

        return torch.from_numpy(self._short)


class Half:
    """Bounds in bfloat16: several times as fast where the processor multiplies such numbers, and half the memory.

    Two roundings of the rows and one of the product lower a bound by at most 2^-8 |x||y| and 2^-9 of itself, so the
    cut is that much lower and nothing is missed. A block holds the bits as int16, which sort like the numbers above 0.
    """

    def __init__(self, rows: Floats) -> None:
        """Shorten the rows, float32 of shape (n, dimension)."""
        import torch

        # A barrier between threads that have no core to themselves costs more than a second thread saves.
        torch.set_num_threads(max(1, cores() - 1))
        self._largest = largest(rows)
        self._short = torch.cat([torch.from_numpy(part).bfloat16() for part in shortened(rows, HALF)])
        self._out = torch.empty(0, dtype=torch.bfloat16)

    def block(self, rows: Which, columns: Which) -> Block:
        """As `Bounds.block`."""
        import torch

        left, right = self._chosen(rows, 256), self._chosen(columns, 64)
        size = len(left) * len(right)
        if len(self._out) < size:
            self._out = torch.empty(size, dtype=torch.bfloat16)
        product = self._out[:size].view(len(left), len(right))
        torch.mm(left, right.T, out=product)
        bits: NDArray[np.int16] = product.view(torch.int16).numpy()
        return bits

    def _chosen(self, which: Which, step: int) -> "torch.Tensor":
        import torch

        if isinstance(which, slice):
            return self._short[which]
        # A new shape costs torch a millisecond, so there are few: the last row is repeated up to a round number.
        return self._short[torch.from_numpy(np.pad(which, (0, -len(which) % step), mode="edge"))]

    def cut(self, floor: float) -> Cut:
        """As `Bounds.cut`."""
        lowest = (floor - (ROUNDING + HALF_STEP + HALF_STEP**2) * self._largest) * (1 - HALF_STEP / 2)
        # The upper half of a float32 is the bfloat16 just below it; at or below 0 everything above 0 may count.
        bits = np.float32(max(lowest, 0)).view(np.uint32) >> np.uint32(16)
        return np.int16(bits) if lowest > 0 else np.int16(-(2**15))

    def tensor(self) -> "torch.Tensor":
        """As `Bounds.tensor`."""
        return self._short


def bounds(rows: Floats, many: int = 20_000) -> Bounds:
    """The fastest form that this processor has; below `many` rows loading torch would take longer than it saves."""
    return Half(rows) if len(rows) >= many and has_bf16() else Plain(rows)
