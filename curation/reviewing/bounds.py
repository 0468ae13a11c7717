"""Bounds that decisions suggest: beyond them people rejected, and hardly ever accepted."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Edge = Literal["least", "most"]
SHARES = np.arange(1, 11) / 20
"""Of the decided samples: what a bound that is tried cuts off."""
MOST_LOST = 0.1
"""Of the accepted samples: what a bound may cost."""
LEVEL = 0.05
"""Chance that any bound at all is suggested where values have nothing to do with decisions."""


@dataclass(frozen=True)
class Cut:
    """A bound on a value, with the decided samples beyond it.

    Args:
        name: of the value.
        edge: at which end.
        bound: the last value that is kept.
        accepted: samples beyond it that people accepted.
        rejected: samples beyond it that people rejected.
        p: chance of so few accepted ones among them, if they were any samples (hypergeometric).
    """

    name: str
    edge: Edge
    bound: float
    accepted: int
    rejected: int
    p: float


def find_bounds(columns: Mapping[str, NDArray[np.float64]], verdicts: NDArray[np.int8]) -> list[Cut]:
    """For each value and end the bound with the most rejected less accepted beyond it, as shares of all of their kind.

    Only those count that cut off at most a tenth of the accepted samples and are no chance finds after all that were
    tried are counted in (Bonferroni). The one that takes most rejected samples comes first.

    Args:
        columns: by name, one value per sample, NaN where there is none.
        verdicts: 1 accepted, -1 rejected, 0 nothing, one per sample.
    """
    decided = verdicts != 0
    accepted = verdicts[decided] > 0
    tried = [cut for name, values in columns.items() for cut in _cuts(name, values[decided], accepted)]
    yes, no = int(accepted.sum()), int((~accepted).sum())
    best: dict[tuple[str, Edge], tuple[float, Cut]] = {}
    for cut in tried:
        gain = cut.rejected / max(1, no) - cut.accepted / max(1, yes)
        key = (cut.name, cut.edge)
        if _holds(cut, yes, len(tried)) and gain > best.get(key, (0.0, cut))[0]:
            best[key] = (gain, cut)
    return sorted((cut for _, cut in best.values()), key=lambda cut: (-cut.rejected, cut.name, cut.edge))


def _holds(cut: Cut, accepted: int, tried: int) -> bool:
    return cut.accepted <= MOST_LOST * accepted and cut.p * tried <= LEVEL


def _cuts(name: str, values: NDArray[np.float64], accepted: NDArray[np.bool_]) -> Iterator[Cut]:
    """Every bound that is tried on one value."""
    from scipy.stats import hypergeom

    there = values[np.isfinite(values)]
    yes = int(accepted.sum())
    sides: tuple[tuple[Edge, NDArray[np.float64]], ...] = (("least", SHARES), ("most", 1 - SHARES))
    for edge, shares in sides if len(there) else ():
        for bound in np.unique(np.quantile(there, shares, method="nearest")).tolist():
            beyond = values < bound if edge == "least" else values > bound
            good, all_of_them = int((beyond & accepted).sum()), int(beyond.sum())
            if all_of_them:
                p = float(hypergeom.cdf(good, len(values), yes, all_of_them))
                yield Cut(name, edge, bound, good, all_of_them - good, p)
