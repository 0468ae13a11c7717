"""By chance, but what tells more about the share that is accepted comes more often."""

from typing import ClassVar

import numpy as np

from curation.reviewing.orders.order import Need, Places, QueueOrder, Waiting


class Informative(QueueOrder):
    """Acceptance rate: random, but more often where your decisions so far leave open what you will say.

    The share that would be accepted is known within a few points after fewer decisions, because it is known how much
    likelier each sample was to come (see `reviewing.estimating`).
    """

    name: ClassVar[str] = "informative"
    needs: ClassVar[tuple[Need, ...]] = ("sizes",)

    def __call__(self, waiting: Waiting) -> Places:
        """By luck over size, as priority sampling asks for."""
        return np.argsort(waiting.luck / waiting.sizes)
