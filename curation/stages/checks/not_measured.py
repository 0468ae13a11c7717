"""Personal data was not looked for in everything that goes out."""

from typing import ClassVar

import numpy as np

from curation.stages.checks.check import Check, Finding, Outgoing, samples
from curation.stages.checks.personal_data import SIGNAL
from curation.stages.measuring import stale
from curation.store.signals import read_numbers


class NotMeasured(Check):
    """Personal data not looked for.

    Samples that came, or a way of looking that changed, after the last measuring. It blocks: what was not looked at
    is not known to be clean.
    """

    name: ClassVar[str] = "not_measured"

    def __call__(self, going: Outgoing) -> Finding | None:
        """Look for samples without the measurement."""
        found = going.among(np.flatnonzero(np.isnan(read_numbers(going.workspace, SIGNAL))).astype(np.int32))
        if SIGNAL in stale(going.workspace):
            found = going.numbers
        if not len(found):
            return None
        return self.found(
            f"Personal data and keys were not looked for in {samples(len(found), 'that goes out', 'that go out')}. "
            "Press Measure on Filters, or run `sift measure`.",
            found,
        )
