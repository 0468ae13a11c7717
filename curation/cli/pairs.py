"""`sift pairs`."""

from typing import Annotated, Literal

import typer

from curation.cli.talking import AsJson, InWorkspace, do, opened, say

FLOOR = 0.6
"""Pairs below it are not kept, as on the Duplicates page."""


def pairs(
    workspace: InWorkspace = None,
    by: Annotated[
        Literal["words", "meaning"], typer.Option(help="words (ROUGE-L of the instructions) or meaning (cosine).")
    ] = "words",
    field: Annotated[
        Literal["instruction", "prompt", "output"], typer.Option(help="By meaning, what of each sample.")
    ] = "prompt",
    floor: Annotated[float, typer.Option(help="By words, the lowest ROUGE-L of a pair, above 0.")] = FLOOR,
    as_json: AsJson = False,
) -> None:
    """Find the near-duplicate pairs that the Duplicates page and recipes cut at a threshold.

    Example: sift pairs --by words -w pool.duckdb

    Reads the samples, by meaning also their vectors (sift embed); writes the pairs above the floor.
    """
    from curation.stages.lexical import lexical_job
    from curation.stages.searching import search_job

    if not 0 < floor <= 1:
        raise typer.BadParameter(f"above 0 and at most 1, not {floor:g}", param_hint="--floor")
    found = opened(workspace)
    note = do(found, lexical_job(found, floor) if by == "words" else search_job(found, field))
    say({"pairs": note}, as_json, note)
