"""`sift embed`."""

from typing import Annotated, Literal

import typer

from curation.cli.talking import AsJson, InWorkspace, do, opened, say


def embed(
    workspace: InWorkspace = None,
    field: Annotated[Literal["prompt", "instruction", "output"], typer.Option(help="What of each sample.")] = "prompt",
    seed: Annotated[int, typer.Option(help="Seed of the map.")] = 42,
    as_json: AsJson = False,
) -> None:
    """Embed the samples, draw their map, and find the pairs that say nearly the same.

    Example: sift embed -w pool.duckdb

    Reads the samples; writes vectors, the map with its clusters, and pairs by meaning. What is embedded is kept.
    """
    from curation.layouts import Layout
    from curation.stages.embedding import look_job

    found = opened(workspace)
    note = do(found, look_job(found, field, Layout(seed=seed)))
    say({"embedded": note}, as_json, note)
