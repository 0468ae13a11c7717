"""What makes one sample the better of two near-duplicates."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from curation.store.workspace import Workspace

# How a sample stands without its duplicates: a duplicate must not lose to a sample that is out itself.
_RANKS = """
SELECT CASE WHEN verdicts.action = 'accept' THEN 0 WHEN verdicts.action = 'reject' THEN 3
    WHEN ruled.sample IS NOT NULL THEN 2 ELSE 1 END AS standing, length(samples.output) AS letters,
    coalesce(preferred.seq, 0) AS preferred
FROM samples LEFT JOIN verdicts ON verdicts.sample = samples.seq
LEFT JOIN preferred ON preferred.sample = samples.seq
LEFT JOIN (SELECT DISTINCT sample FROM rule_outs) AS ruled ON ruled.sample = samples.seq ORDER BY samples.seq
"""


class Ranks(NamedTuple):
    """What makes one sample the better of two, each int64 of shape (samples,).

    Args:
        standing: 0 accepted by a person, 1 in by the rules, 2 out by a rule, 3 rejected by a person.
        letters: length of the answer.
        preferred: above 0 where a person chose it to stay among its duplicates, the higher the later.
    """

    standing: NDArray[np.int64]
    letters: NDArray[np.int64]
    preferred: NDArray[np.int64]


def read_ranks(workspace: Workspace) -> Ranks:
    """What makes one sample the better of two, by number."""
    with workspace.cursor() as cursor:
        found = cursor.execute(_RANKS).fetchnumpy()
    return Ranks(*(np.asarray(found[name], np.int64) for name in ("standing", "letters", "preferred")))
