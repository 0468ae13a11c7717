"""By chance, so that what is decided stands for all."""

from typing import ClassVar

import numpy as np

from curation.reviewing.orders.order import Places, QueueOrder, Waiting


class RandomOrder(QueueOrder):
    """Random: the first hundred stand for all of them."""

    name: ClassVar[str] = "random"

    def __call__(self, waiting: Waiting) -> Places:
        """By luck, which never changes: after a pause the order is the same."""
        return np.argsort(waiting.luck)
