"""On what people disagree."""

from typing import ClassVar

import numpy as np

from curation.reviewing.orders.order import Among, Places, QueueOrder, Waiting


class Disputed(QueueOrder):
    """Disputed: some accept it and others reject it."""

    name: ClassVar[str] = "disputed"
    among: ClassVar[Among] = "disputed"

    def __call__(self, waiting: Waiting) -> Places:
        """By number."""
        return np.argsort(waiting.numbers)
