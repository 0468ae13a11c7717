"""Short rows whose dot products are never below those of the whole rows: they rule out nearly all pairs."""

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import torch

Floats = NDArray[np.float32]
Block = NDArray[np.float32] | NDArray[np.int16]
Cut = np.float32 | np.int16
Which = slice | NDArray[np.int32]

PLAIN, HALF = 96, 128
"""Length of a short row: more of it costs more multiplications and rules out more pairs."""
_SLACK = 3e-5
"""More than the rounding of a 384-term float32 dot product of unit vectors."""
_HALF = 2.0**-8
"""How far apart, relatively, two bfloat16 numbers lie; rounding to one moves a number by half of it at most."""
_FEW, _SAMPLE, _CHUNK = 512, 20_000, 65_536


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
        self._short = np.concatenate(list(_shortened(rows, PLAIN)))
        self._slack = _SLACK * _largest(rows)

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
        torch.set_num_threads(max(1, (os.cpu_count() or 1) - 1))
        self._largest = _largest(rows)
        self._short = torch.cat([torch.from_numpy(part).bfloat16() for part in _shortened(rows, HALF)])
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
        lowest = (floor - (_SLACK + _HALF + _HALF**2) * self._largest) * (1 - _HALF / 2)
        # The upper half of a float32 is the bfloat16 just below it; at or below 0 everything above 0 may count.
        bits = np.float32(max(lowest, 0)).view(np.uint32) >> np.uint32(16)
        return np.int16(bits) if lowest > 0 else np.int16(-(2**15))

    def tensor(self) -> "torch.Tensor":
        """As `Bounds.tensor`."""
        return self._short


def bounds(rows: Floats, many: int = 20_000) -> Bounds:
    """The fastest form that this processor has; below `many` rows loading torch would take longer than it saves."""
    return Half(rows) if len(rows) >= many and has_half() else Plain(rows)


def has_half() -> bool:
    """Whether this processor multiplies bfloat16 numbers itself; where it does not, they are slower than float32."""
    import torch

    found = torch.cpu.get_capabilities()
    return bool(found.get("avx512_bf16") or found.get("amx_bf16"))


def _largest(rows: Floats) -> float:
    """The largest squared length of a row, at least 1: what all rounding is in proportion to."""
    return max(1.0, float(np.einsum("ij,ij->i", rows, rows).max(initial=1)))


def _shortened(rows: Floats, width: int) -> Iterator[Floats]:
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
    spare = np.float32(1e-5 * _largest(rows))
    for start in range(0, len(rows), _CHUNK):
        part = rows[start : start + _CHUNK]
        main = part @ axes
        rest = np.einsum("ij,ij->i", part, part) - np.einsum("ij,ij->i", main, main)
        yield np.column_stack([main, np.sqrt(np.maximum(rest, 0) + spare)])
