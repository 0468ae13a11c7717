"""What stands in a benchmark cannot be tested with it afterwards."""

from typing import ClassVar

import numpy as np

from curation.stages.checks.check import Check, Finding, Outgoing, samples
from curation.stages.contamination import WORDS, last_look
from curation.store.signals import read_numbers


class Contamination(Check):
    """Benchmark items.

    Samples that share thirteen words in a row with an item of the benchmark files that were compared last, or a
    shorter item whole. Whether nearness in meaning is contamination depends on the benchmark: bound it on Filters.
    """

    name: ClassVar[str] = "contamination"

    def __call__(self, going: Outgoing) -> Finding | None:
        """Look at what the last comparison found."""
        found = going.among(np.flatnonzero(read_numbers(going.workspace, WORDS) > 0).astype(np.int32))
        look = last_look(going.workspace)
        if not len(found) or look is None:
            return None
        return self.found(
            f"{samples(len(found), 'shares', 'share')} words in a row with {', '.join(look.files)}. Look at the "
            "evidence on Filters under Benchmarks, and bound or reject them.",
            found,
        )
