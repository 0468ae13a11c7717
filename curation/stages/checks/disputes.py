"""People disagree and no expert has spoken."""

from typing import ClassVar

import numpy as np

from curation.stages.checks.check import Check, Finding, Outgoing, samples
from curation.store.opinions import read_conflicts


class Disputes(Check):
    """Disputes that nobody settled.

    Samples of a review round on which people disagree and no expert has spoken.
    """

    name: ClassVar[str] = "disputes"

    def __call__(self, going: Outgoing) -> Finding | None:
        """Look for open disputes."""
        found = going.among(np.array(read_conflicts(going.workspace), np.int32))
        if not len(found):
            return None
        words = f"Reviewers disagree on {samples(len(found), 'that goes out', 'that go out')}. Settle it on Agreement."
        return self.found(words, found)
