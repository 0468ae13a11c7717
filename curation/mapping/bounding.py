"""Bounds of cosines, block by block, which rule out nearly all pairs of rows.

Apart from `duplicates/bound.py`, which says why: what the two have in common is in `computing/shortened.py`.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from curation.computing.processor import has_bf16
from curation.computing.shortened import HALF_STEP, ROUNDING, Floats, shortened

Product = Callable[[slice, slice], Floats]

PLAIN, HALF = 192, 384
"""Longest short row: more of it costs more multiplications and rules out more pairs."""
_MANY = 20_000


class Bounds(NamedTuple):
    """The products of short rows, and how far such a product may lie below the cosine it stands for."""

    product: Product
    slack: np.float32


def bounds(rows: Floats) -> Bounds:
    """The fastest form that this processor has; below some thousand rows loading torch would take longer than it saves.

    Args:
        rows: float32 unit rows of shape (n, dimension).
    """
    return half(rows) if len(rows) >= _MANY and has_bf16() else plain(rows)


def plain(rows: Floats) -> Bounds:
    """Bounds in float32, with numpy alone."""
    short = _whole(rows, PLAIN)
    return Bounds(lambda some, others: np.asarray(short[some] @ short[others].T), np.float32(ROUNDING))


def half(rows: Floats) -> Bounds:
    """Bounds in bfloat16: several times as fast where the processor multiplies such numbers.

    Two roundings of the rows lower a product by at most 2^-8 |x||y|, the one of the product by 2^-9 of itself; short
    rows are 1 + 2^-16 long at most, and a product of theirs no larger.
    """
    import torch

    short = torch.from_numpy(_whole(rows, HALF)).bfloat16()

    def product(some: slice, others: slice) -> Floats:
        found: Floats = (short[some] @ short[others].T).float().numpy()
        return found

    return Bounds(product, np.float32(ROUNDING + 1.01 * (HALF_STEP + HALF_STEP / 2)))


def _whole(rows: Floats, width: int) -> Floats:
    return np.concatenate(list(shortened(rows, width)))
