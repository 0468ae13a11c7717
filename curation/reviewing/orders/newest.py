"""What came last, first."""

from typing import ClassVar

import numpy as np

from curation.reviewing.orders.order import Places, QueueOrder, Waiting


class Newest(QueueOrder):
    """Newest first."""

    name: ClassVar[str] = "newest"

    def __call__(self, waiting: Waiting) -> Places:
        """By number, falling."""
        return np.argsort(-waiting.numbers)
