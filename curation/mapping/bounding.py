"""Short rows whose dot products are never below those of the whole rows: they rule out nearly all pairs."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Product = Callable[[slice, slice], Floats]

PLAIN, HALF = 192, 384
"""Longest short row: more of it costs more multiplications and rules out more pairs."""
_FEW, _MANY = 2048, 20_000
_ROUNDING = 3e-5
"""More than the rounding of a float32 dot product of unit vectors."""
_HALF = 2.0**-8
"""How far apart, relatively, two bfloat16 numbers lie; rounding to one moves a number by half of it at most."""


class Bounds(NamedTuple):
    """The products of short rows, and how far such a product may lie below the cosine it stands for."""

    product: Product
    slack: np.float32


def bounds(rows: Floats) -> Bounds:
    """The fastest form that this processor has; below some thousand rows loading torch would take longer than it saves.

    Args:
        rows: float32 unit rows of shape (n, dimension).
    """
    return half(rows) if len(rows) >= _MANY and _has_half() else plain(rows)


def plain(rows: Floats) -> Bounds:
    """Bounds in float32, with numpy alone."""
    short = _shortened(rows, PLAIN)
    return Bounds(lambda some, others: np.asarray(short[some] @ short[others].T), np.float32(_ROUNDING))


def half(rows: Floats) -> Bounds:
    """Bounds in bfloat16: several times as fast where the processor multiplies such numbers.

    Two roundings of the rows lower a product by at most 2^-8 |x||y|, the one of the product by 2^-9 of itself; short
    rows are 1 + 2^-16 long at most, and a product of theirs no larger.
    """
    import torch

    short = torch.from_numpy(_shortened(rows, HALF)).bfloat16()

    def product(some: slice, others: slice) -> Floats:
        found: Floats = (short[some] @ short[others].T).float().numpy()
        return found

    return Bounds(product, np.float32(_ROUNDING + 1.01 * (_HALF + _HALF / 2)))


def _has_half() -> bool:
    import torch

    found = torch.cpu.get_capabilities()
    return bool(found.get("avx512_bf16") or found.get("amx_bf16"))


def _shortened(rows: Floats, width: int) -> Floats:
    """Rows turned onto their main axes, and the length of the rest appended: Cauchy-Schwarz."""
    if rows.shape[1] <= width or len(rows) < _FEW:
        return rows
    axes = np.linalg.eigh(rows.T @ rows)[1][:, ::-1][:, : width - 1]
    main = rows @ np.ascontiguousarray(axes)
    rest = np.einsum("ij,ij->i", rows, rows) - np.einsum("ij,ij->i", main, main)
    # Adding 1e-5 keeps the bound above the truth where rounding made the rest too small.
    return np.column_stack([main, np.sqrt(np.maximum(rest, 0) + np.float32(1e-5))])
