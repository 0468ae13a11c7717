"""What is doubtful, first: there a person's word changes most."""

from typing import ClassVar

import numpy as np

from curation.reviewing.orders.order import Need, Places, QueueOrder, Waiting


class Doubtful(QueueOrder):
    """Most doubtful first: judges disagree, close to a bound, nearly a near-duplicate, or of a cluster hardly seen yet.

    How these are put together is said in `reviewing.doubt`; each sample shows which of them brought it forward.
    """

    name: ClassVar[str] = "doubtful"
    needs: ClassVar[tuple[Need, ...]] = ("doubt",)

    def __call__(self, waiting: Waiting) -> Places:
        """By doubt, falling; equals by luck."""
        return np.lexsort((waiting.luck, -waiting.doubt))
