"""`sift pairs`."""

from typing import Annotated

import typer

from curation.cli.talking import AsJson, InWorkspace, do, opened, say
from curation.errors import BadInput

WAYS = ("words", "meaning")
FIELDS = ("instruction", "prompt", "output")
FLOOR = 0.6
"""Pairs below it are not kept, as on the Duplicates page."""


def pairs(
    workspace: InWorkspace = None,
    by: Annotated[str, typer.Option(help="words (ROUGE-L of the instructions) or meaning (cosine).")] = WAYS[0],
    field: Annotated[str, typer.Option(help=f"By meaning, what of each sample: {', '.join(FIELDS)}.")] = "prompt",
    floor: Annotated[float, typer.Option(help="By words, the lowest ROUGE-L of a pair, above 0.")] = FLOOR,
    as_json: AsJson = False,
) -> None:
    """Find the near-duplicate pairs that the Duplicates page and recipes cut at a threshold.

    Example: sift pairs --by words -w pool.duckdb

    Reads the samples, by meaning also their vectors (sift embed); writes the pairs above the floor.
    """
    from curation.stages.lexical import lexical_job
    from curation.stages.searching import search_job

    if by not in WAYS:
        raise BadInput(f"Pairs are found by {' or by '.join(WAYS)}, not by {by}.")
    if field not in FIELDS:
        raise BadInput(f"There is no field called {field}; there are {', '.join(FIELDS)}.")
    if not 0 < floor <= 1:
        raise BadInput(f"The floor is above 0 and at most 1, not {floor:g}.")
    found = opened(workspace)
    note = do(found, lexical_job(found, floor) if by == "words" else search_job(found, field))
    say({"pairs": note}, as_json, note)
