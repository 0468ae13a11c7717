"""What an order of the review queue is: the samples that wait → which comes first."""

from abc import abstractmethod
from dataclasses import dataclass
from typing import ClassVar, Literal

import numpy as np
from numpy.typing import NDArray

from curation.methods import Plugin

Among = Literal["open", "rounds", "second opinions", "disputed"]
Need = Literal["clusters", "doubt", "sizes"]
Places = NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class Waiting:
    """The samples that wait for a reviewer, one entry per sample; what an order does not need is empty.

    Args:
        numbers: of the samples, int32, ascending: the order in which they came.
        luck: a random number between 0 and 1 that a sample has for good; ties go by it.
        clusters: the cluster of each, int32, -1 for none.
        done: of how many samples of its cluster people have been asked already, int64.
        doubt: how doubtful each is, 0 to 1.
        sizes: how much a word on each would tell about the share that is accepted.
    """

    numbers: NDArray[np.int32]
    luck: NDArray[np.float64]
    clusters: NDArray[np.int32]
    done: NDArray[np.int64]
    doubt: NDArray[np.float64]
    sizes: NDArray[np.float64]


class QueueOrder(Plugin):
    """waiting samples → their places in the order in which they are shown.

    Attributes:
        among: which samples wait: those that are open, those that one other person alone decided on, or those on
            which people disagree.
        needs: which columns it looks at besides numbers and luck.
    """

    among: ClassVar[Among] = "open"
    needs: ClassVar[tuple[Need, ...]] = ()

    @abstractmethod
    def __call__(self, waiting: Waiting) -> Places:
        """Order the samples: every place once."""
