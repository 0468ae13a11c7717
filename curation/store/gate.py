"""What the tables hold against letting samples go out: blank texts, shared tasks, licences, bad answers."""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from curation.store.samples import count_samples
from curation.store.workspace import Workspace

Numbers = NDArray[np.int32]

# White space of all scripts and signs of no width.
_BLANK_PROMPTS = (
    r"SELECT seq FROM samples WHERE regexp_full_match(instruction || input, '[\s\p{Z}\p{Cf}]*') ORDER BY seq"
)
# A bad answer alone has no other one on purpose. In the stored JSON only a message that is blank looks like this.
_BLANK_ANSWERS = r"""
SELECT seq FROM samples
WHERE rejected = '' AND regexp_full_match(output, '[\s\p{Z}\p{Cf}]*')
   OR regexp_matches(followups, ', "(\s|\p{Z}|\p{Cf}|\\[nrt])*"\]')
ORDER BY seq
"""
# Coarser than what counts as the same task: whoever asks compares the few that are left.
_ALIKE = r"""
SELECT list(seq ORDER BY seq) FROM (
    SELECT seq, regexp_replace(lower(instruction || ' ' || input || ' ' || system), '[^\p{L}\p{N}]', '', 'g') AS task
    FROM samples)
GROUP BY task HAVING count(*) > 1
"""
# What a model wrote, or was made from other samples, has no licence of its own.
_LICENCES = """
SELECT licence, list(DISTINCT sample) FROM origins WHERE licence <> '' OR (model = '' AND len(parents) = 0)
GROUP BY licence ORDER BY licence
"""
_UNLICENSED = """
SELECT made.sample AS child, samples.seq AS parent
FROM (SELECT sample, unnest(parents) AS parent FROM origins WHERE licence = '') AS made
JOIN samples ON samples.id = made.parent
"""
_MARKED = "SELECT DISTINCT sample FROM origins WHERE starts_with(category, ?) ORDER BY sample"
_REJECTED_ELSEWHERE = """
SELECT DISTINCT good.seq AS sample FROM samples AS good JOIN samples AS bad
  ON good.instruction = bad.instruction AND good.input = bad.input AND good.system = bad.system
 AND good.output = bad.rejected
WHERE good.output <> '' ORDER BY sample
"""


def blank_prompts(workspace: Workspace) -> Numbers:
    """Samples that ask nothing: instruction and input hold no more than white space."""
    return _column(workspace, _BLANK_PROMPTS, "seq")


def blank_answers(workspace: Workspace) -> Numbers:
    """Samples that answer nothing, or in which a later message is blank; not those with a bad answer alone."""
    return _column(workspace, _BLANK_ANSWERS, "seq")


def asked_alike(workspace: Workspace) -> Sequence[Sequence[int]]:
    """Numbers of samples that share a task but for case, spacing and every sign; it takes some that do not, too."""
    return _alike(workspace, count_samples(workspace))


@lru_cache(maxsize=2)
def _alike(workspace: Workspace, _samples: int) -> Sequence[Sequence[int]]:
    """Kept while no sample comes: their texts never change."""
    return [tuple(numbers) for (numbers,) in workspace.execute(_ALIKE) if isinstance(numbers, list)]


def licensed(workspace: Workspace) -> dict[str, Numbers]:
    """Licence → samples with an origin that states it; "" for origins that state none though no model wrote them."""
    rows = workspace.execute(_LICENCES)
    return {str(licence): np.asarray(samples, np.int32) for licence, samples in rows}


def unlicensed_children(workspace: Workspace) -> tuple[Numbers, Numbers]:
    """(children, parents): samples that were made from others, where nothing states a licence of their own."""
    with workspace.cursor() as cursor:
        found = cursor.execute(_UNLICENSED).fetchnumpy()
    return np.asarray(found["child"], np.int32), np.asarray(found["parent"], np.int32)


def marked(workspace: Workspace, category: str) -> Numbers:
    """Samples with an origin whose category begins so."""
    return _column(workspace, _MARKED, "sample", category)


def rejected_elsewhere(workspace: Workspace) -> Numbers:
    """Samples whose answer is the rejected one of a preference pair with the same task."""
    return _column(workspace, _REJECTED_ELSEWHERE, "sample")


def _column(workspace: Workspace, query: str, name: str, *values: object) -> Numbers:
    with workspace.cursor() as cursor:
        return np.asarray(cursor.execute(query, list(values)).fetchnumpy()[name], np.int32)
