"""Samples that answer the same prompt."""

from dataclasses import dataclass

from curation.facets import Facets
from curation.store.browse import MATCHING, bound_to
from curation.store.workspace import Workspace

# Conversations and finished pairs are left out: what they hold is more than an answer to a prompt.
_ANSWERS = """, prompts AS (
    SELECT list(seq ORDER BY id) AS numbers, min(id) AS first FROM matching
    WHERE output <> '' AND followups = '' AND rejected = '' GROUP BY system, instruction, input)
"""
_GROUPS = MATCHING + _ANSWERS + "SELECT numbers FROM prompts WHERE len(numbers) > 1 ORDER BY first"
_COUNT = MATCHING + _ANSWERS + "SELECT count(*), count(*) FILTER (len(numbers) > 1) FROM prompts"


@dataclass(frozen=True)
class Prompts:
    """How many prompts have an answer, and how many have two or more."""

    answered: int
    several: int


def count_prompts(workspace: Workspace, facets: Facets) -> Prompts:
    """Prompts among the samples that match; the same system message, instruction and input are one."""
    with workspace.cursor() as cursor:
        answered, several = cursor.execute(_COUNT, bound_to(facets)).fetchall()[0]
    return Prompts(int(answered), int(several))


def same_prompt(workspace: Workspace, facets: Facets) -> list[list[int]]:
    """Numbers of the samples that match, by prompt, of the prompts that have two answers or more.

    The order, of prompts and within them, follows the ids, so it is the same in every workspace with these samples.
    """
    with workspace.cursor() as cursor:
        return [list(row[0]) for row in cursor.execute(_GROUPS, bound_to(facets)).fetchall()]
