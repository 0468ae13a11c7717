"""No benchmark was compared with what goes out, which is not the same as clean."""

from typing import ClassVar

import numpy as np

from curation.stages.checks.check import Check, Finding, Outgoing, samples
from curation.stages.contamination import WORDS, last_look
from curation.store.signals import read_numbers


class NotCompared(Check):
    """Benchmarks not compared.

    No benchmark file was compared, or samples came after that. It warns and does not block, for not everybody tests
    with a benchmark.
    """

    name: ClassVar[str] = "not_compared"
    blocks: ClassVar[bool] = False

    def __call__(self, going: Outgoing) -> Finding | None:
        """Look for samples that were not compared."""
        found = going.among(np.flatnonzero(np.isnan(read_numbers(going.workspace, WORDS))).astype(np.int32))
        if not len(found):
            return None
        how = "Give the files that you will test with on Filters under Benchmarks, or run `sift contamination FILE`."
        if last_look(going.workspace) is None:
            return self.found(f"Not checked: no benchmark was compared with these samples. {how}", found)
        return self.found(
            f"Not checked: {samples(len(found), 'was', 'were')} not there when benchmarks were compared. {how}", found
        )
