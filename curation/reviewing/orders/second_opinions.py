"""What one other person alone has decided on."""

from typing import ClassVar

import numpy as np

from curation.reviewing.orders.order import Among, Places, QueueOrder, Waiting


class SecondOpinions(QueueOrder):
    """Second opinions: what one other person alone has decided on."""

    name: ClassVar[str] = "second opinions"
    among: ClassVar[Among] = "second opinions"

    def __call__(self, waiting: Waiting) -> Places:
        """By luck, so that the first ones tell how far two people agree on all of them."""
        return np.argsort(waiting.luck)
