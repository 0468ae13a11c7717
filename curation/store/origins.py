"""Which samples a run was the first to bring."""

import numpy as np
from numpy.typing import NDArray

from curation.store.workspace import Workspace

_FIRST_MADE = """
SELECT sample FROM origins WHERE sample IN (SELECT sample FROM origins WHERE run = $run)
GROUP BY sample HAVING arg_min(run, rowid) = $run ORDER BY sample
"""


def first_made_by(workspace: Workspace, run: str) -> NDArray[np.int32]:
    """Numbers, ascending, of the samples that were not in the workspace before this run."""
    with workspace.cursor() as cursor:
        found = cursor.execute(_FIRST_MADE, {"run": run}).fetchnumpy()
    return np.asarray(found["sample"], np.int32)
