"""What ties samples together: made from the same, taken from the same place, or with the same prompt."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from curation.store.workspace import Workspace

# A parent that is not in the workspace gets a number below zero: its children are relatives all the same.
_FAMILIES = """
WITH links AS (
    SELECT DISTINCT sample, unnest(parents) AS parent FROM origins
    WHERE len(parents) > 0 AND NOT (model <> '' AND list_contains($without, method)))
SELECT links.sample AS child, coalesce(samples.seq, -dense_rank() OVER (ORDER BY samples.seq IS NULL, links.parent))
    AS parent
FROM links LEFT JOIN samples ON samples.id = links.parent
"""
_PLACES = """
SELECT sample, method, source, ref FROM origins WHERE list_contains($methods, method) OR contains(ref, $word)
"""
# In plain text nothing tells where a system message ends and a prompt begins, or a prompt and its answer.
_PROMPTS = """
SELECT id, hash(prompt) AS prompt, hash(asked) AS asked, hash(concat(asked, chr(10), chr(10), output)) AS whole FROM (
    SELECT *, CASE WHEN system = '' THEN prompt ELSE concat(system, chr(10), chr(10), prompt) END AS asked FROM (
        SELECT id, position, system, output,
            CASE WHEN input = '' THEN instruction ELSE concat(instruction, chr(10), chr(10), input) END AS prompt
        FROM (SELECT unnest($numbers) AS seq, unnest(range(len($numbers))) AS position) JOIN samples USING (seq)))
ORDER BY position
"""


class Place(NamedTuple):
    """Where a sample was taken from, as one of its origins says."""

    sample: int
    method: str
    source: str
    ref: str


def read_families(workspace: Workspace, without: Sequence[str] = ()) -> NDArray[np.int64]:
    """(child, parent) of shape (k, 2) for every sample that was made from another one.

    Args:
        workspace: where.
        without: methods with a model whose parents do not count.

    Returns:
        Numbers of samples; a parent that is not in the workspace has one below zero.
    """
    with workspace.cursor() as cursor:
        found = cursor.execute(_FAMILIES, {"without": list(without)}).fetchnumpy()
    return np.column_stack([found["child"], found["parent"]]).astype(np.int64)


def read_places(workspace: Workspace, methods: Sequence[str], word: str) -> list[Place]:
    """The places of what these methods made, and every place with a word in it."""
    with workspace.cursor() as cursor:
        rows = cursor.execute(_PLACES, {"methods": list(methods), "word": word}).fetchall()
    return [Place(int(str(row[0])), *map(str, row[1:])) for row in rows]


def read_prompts(workspace: Workspace, numbers: Sequence[int]) -> tuple[list[str], list[NDArray[np.uint64]]]:
    """(ids, hashes) of samples, in the order asked for: of the prompt, and of what plain text makes one of.

    That is system message and prompt, and both with the answer. Equal texts have equal hashes.
    """
    with workspace.cursor() as cursor:
        found = cursor.execute(_PROMPTS, {"numbers": list(numbers)}).fetchnumpy()
    return list(map(str, found["id"])), [np.asarray(found[name], np.uint64) for name in ("prompt", "asked", "whole")]
