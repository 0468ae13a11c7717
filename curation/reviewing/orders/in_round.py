"""What the review rounds that go on ask a person."""

from typing import ClassVar

import numpy as np

from curation.reviewing.orders.order import Among, Places, QueueOrder, Waiting


class InRound(QueueOrder):
    """Rounds: what the review rounds that go on ask you."""

    name: ClassVar[str] = "rounds"
    among: ClassVar[Among] = "rounds"

    def __call__(self, waiting: Waiting) -> Places:
        """By luck: the same for everybody, so that two people are soon through the same samples."""
        return np.argsort(waiting.luck)
