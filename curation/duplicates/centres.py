"""Cells around common centres: which of them each row is nearest to."""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from curation.duplicates.bound import Block
from curation.duplicates.compiled import compiled

if TYPE_CHECKING:
    import torch

Ints = NDArray[np.int32]

_ROUNDS, _TAUGHT, _BATCH = 6, 16, 8192


def nearest_cells(rows: "torch.Tensor", probes: int) -> Ints:
    """The cells nearest to each row, nearest first, of 4 sqrt(n) in all: int32 of shape (n, probes).

    Args:
        rows: float32 or bfloat16 of shape (n, w), of about the same length; their products are taken in that type.
        probes: how many cells of each row are wanted; fewer where there are fewer.
    """
    import torch

    centres = _centres(rows, max(1, int(4 * len(rows) ** 0.5))).to(rows.dtype)
    found = np.zeros((len(rows), min(probes, len(centres))), np.int32)
    for start in range(0, len(rows), _BATCH):
        near = rows[start : start + _BATCH] @ centres.T
        _choose(near.view(torch.int16).numpy() if near.dtype == torch.bfloat16 else near.numpy(), found[start:])
    return found


def _centres(rows: "torch.Tensor", count: int) -> "torch.Tensor":
    """Spherical k-means on some of the rows, the same ones each time."""
    import torch

    some = np.random.default_rng(0).permutation(len(rows))[: _TAUGHT * count]
    taught = rows[torch.from_numpy(some)]
    centres = taught[:count].float()
    for _ in range(_ROUNDS):
        now = centres.to(rows.dtype)
        parts = (taught[start : start + _BATCH] for start in range(0, len(taught), _BATCH))
        nearest = torch.cat([(part @ now.T).argmax(1) for part in parts])
        sums = torch.zeros_like(centres).index_add_(0, nearest, taught.float())
        # A centre that lost all its rows stays where it was.
        centres = torch.nn.functional.normalize(torch.where(sums.any(1, keepdim=True), sums, centres), dim=1)
    return centres


@compiled
def _choose(near: Block, out: Ints) -> None:
    """Of each row the columns with the highest numbers, highest first (bits of bfloat16 sort so above 0)."""
    wanted = out.shape[1]
    best = np.empty(wanted, near.dtype)
    for row in range(len(near)):
        count = 0
        for column in range(near.shape[1]):
            value = near[row, column]
            if count == wanted and value <= best[wanted - 1]:
                continue
            at = min(count, wanted - 1)
            while at > 0 and best[at - 1] < value:
                best[at], out[row, at] = best[at - 1], out[row, at - 1]
                at -= 1
            best[at], out[row, at] = value, column
            count = min(count + 1, wanted)
