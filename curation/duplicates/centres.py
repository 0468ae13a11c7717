"""Cells around common centres: which of them each row is nearest to."""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from curation.computing.compiled import compiled
from curation.duplicates.bound import Block

if TYPE_CHECKING:
    import torch

Ints = NDArray[np.int32]
Floats = NDArray[np.float32]

_ROUNDS, _TAUGHT, _BATCH = 6, 16, 8192


def nearest_cells(rows: "torch.Tensor", probes: int) -> Ints:
    """The cells nearest to each row, nearest first, of 4 sqrt(n) in all: int32 of shape (n, probes).

    Args:
        rows: float32 or bfloat16 of shape (n, w), of about the same length; their products are taken in that type.
        probes: how many cells of each row are wanted; fewer where there are fewer.
    """
    centres = _centres(rows, max(1, int(4 * len(rows) ** 0.5))).to(rows.dtype)
    found = np.zeros((len(rows), min(probes, len(centres))), np.int32)
    for start in range(0, len(rows), _BATCH):
        _choose(_products(rows[start : start + _BATCH], centres), found[start:])
    return found


def _products(rows: "torch.Tensor", centres: "torch.Tensor") -> Block:
    import torch

    near = rows @ centres.T
    products: Block = near.view(torch.int16).numpy() if near.dtype == torch.bfloat16 else near.numpy()
    return products


def _centres(rows: "torch.Tensor", count: int) -> "torch.Tensor":
    """Spherical k-means on some of the rows, the same ones each time."""
    import torch

    some = np.random.default_rng(0).permutation(len(rows))[: _TAUGHT * count]
    taught = rows[torch.from_numpy(some)]
    centres = taught[:count].float()
    nearest = np.zeros((len(taught), 1), np.int32)
    for _ in range(_ROUNDS):
        now = centres.to(rows.dtype)
        for start in range(0, len(taught), _BATCH):
            _choose(_products(taught[start : start + _BATCH], now), nearest[start:])
        sums = torch.zeros_like(centres).index_add_(0, torch.from_numpy(nearest[:, 0]), taught.float())
        # A centre that lost all its rows stays where it was.
        centres = torch.nn.functional.normalize(torch.where(sums.any(1, keepdim=True), sums, centres), dim=1)
    return centres


@compiled
def _insert(value: float, column: int, best: Floats, out: Ints) -> None:
    """Put a number in its place among the best, which fall; the last of them goes."""
    at = len(best) - 1
    while at > 0 and best[at - 1] < value:
        best[at], out[at] = best[at - 1], out[at - 1]
        at -= 1
    best[at], out[at] = value, column


@compiled
def _improve(near: Floats, start: int, best: Floats, out: Ints) -> None:
    """Put those of 64 numbers among the best that belong there."""
    for column in range(start, min(start + 64, len(near))):
        if near[column] > best[-1]:
            _insert(near[column], column, best, out)


@compiled
def _choose(near: Block, out: Ints) -> None:
    """Of each row the columns with the highest numbers, highest first (bits of bfloat16 sort so above 0)."""
    wanted = out.shape[1]
    best = np.empty(wanted, near.dtype)
    for row in range(len(near)):
        for column in range(wanted):
            _insert(near[row, column], column, best[: column + 1], out[row])
        for start in range(wanted, near.shape[1], 64):
            # Without a branch in it, the processor compares dozens of numbers at once.
            better = np.int16(0)
            for value in near[row, start : start + 64]:
                better |= np.int16(value > best[wanted - 1])
            if better:
                _improve(near[row], start, best, out[row])
