"""As samples came."""

from typing import ClassVar

import numpy as np

from curation.reviewing.orders.order import Places, QueueOrder, Waiting


class Oldest(QueueOrder):
    """Oldest first."""

    name: ClassVar[str] = "oldest"

    def __call__(self, waiting: Waiting) -> Places:
        """By number."""
        return np.argsort(waiting.numbers)
